using System.Buffers;
using System.Buffers.Text;

namespace Campaigns.Peers.Redis;

/// <summary>An answer of Redis, as far as the peer's commands need it: a number, an error, or numbers.</summary>
internal readonly record struct RespReply(long First, long Second, string? Error)
{
    /// <summary>False while bytes are missing; then nothing is consumed.</summary>
    public static bool TryRead(ref SequenceReader<byte> reader, out RespReply reply)
    {
        reply = default;
        if (!reader.TryReadTo(out ReadOnlySpan<byte> line, "\r\n"u8))
        {
            return false;
        }

        switch (line[0])
        {
            case (byte)':':
                reply = new RespReply(Number(line[1..]), 0, null);
                return true;
            case (byte)'*':
                return TryReadPair(ref reader, Number(line[1..]), out reply);
            case (byte)'$':
                return TryReadText(ref reader, Number(line[1..]), out reply);
            case (byte)'-':
                reply = new RespReply(0, 0, System.Text.Encoding.UTF8.GetString(line));
                return true;
            default:
                return true;
        }
    }

    private static bool TryReadPair(ref SequenceReader<byte> reader, long count, out RespReply reply)
    {
        reply = default;
        Span<long> numbers = stackalloc long[2];
        for (var i = 0; i < count; i++)
        {
            if (!TryRead(ref reader, out var item))
            {
                return false;
            }

            if (i < numbers.Length)
            {
                numbers[i] = item.First;
            }
        }

        reply = new RespReply(numbers[0], numbers[1], null);
        return true;
    }

    /// <summary>A text that is a number, or none.</summary>
    private static bool TryReadText(ref SequenceReader<byte> reader, long length, out RespReply reply)
    {
        reply = default;
        if (length < 0)
        {
            return true;
        }

        if (reader.Remaining < length + 2)
        {
            return false;
        }

        var text = reader.UnreadSequence.Slice(0, length);
        reply = new RespReply(Number(text.IsSingleSegment ? text.FirstSpan : text.ToArray()), 0, null);
        reader.Advance(length + 2);
        return true;
    }

    private static long Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out _) ? number : 0;
}
