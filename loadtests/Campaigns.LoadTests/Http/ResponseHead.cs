using System.Buffers.Text;
using System.Text;

namespace Campaigns.LoadTests.Http;

/// <summary>Status line and headers of an answer, as far as the generator cares.</summary>
internal readonly struct ResponseHead
{
    public int Status { get; private init; }

    /// <summary>Bytes up to the body.</summary>
    public int Length { get; private init; }

    public int ContentLength { get; private init; }

    public bool Chunked { get; private init; }

    public bool Closes { get; private init; }

    public bool Replayed { get; private init; }

    public bool HasRetryAfter { get; private init; }

    /// <summary>False while the head has not arrived whole.</summary>
    public static bool TryParse(ReadOnlySpan<byte> input, out ResponseHead head)
    {
        head = default;
        var end = input.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        if (!input.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(input[9..end], out int status, out _))
        {
            throw new FormatException("This is no answer of HTTP/1.1.");
        }

        head = Headers(input[..end], status, end + 4);
        return true;
    }

    private static ResponseHead Headers(ReadOnlySpan<byte> lines, int status, int length)
    {
        var contentLength = 0;
        bool chunked = false, closes = false, replayed = false, retryAfter = false;
        foreach (var range in lines.Split("\r\n"u8))
        {
            var line = lines[range];
            var colon = line.IndexOf((byte)':');
            if (colon <= 0)
            {
                continue;
            }

            var name = line[..colon];
            var value = line[(colon + 1)..].Trim((byte)' ');
            if (Is(name, "Content-Length"u8) && !Utf8Parser.TryParse(value, out contentLength, out _))
            {
                throw new FormatException("A Content-Length that is no number.");
            }

            chunked |= Is(name, "Transfer-Encoding"u8) && Is(value, "chunked"u8);
            closes |= Is(name, "Connection"u8) && Is(value, "close"u8);
            replayed |= Is(name, "Idempotency-Replayed"u8) && Is(value, "true"u8);
            retryAfter |= Is(name, "Retry-After"u8);
        }

        return new ResponseHead
        {
            Status = status,
            Length = length,
            ContentLength = contentLength,
            Chunked = chunked,
            Closes = closes,
            Replayed = replayed,
            HasRetryAfter = retryAfter,
        };
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}
