using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Campaigns.Peers.Redis;

/// <summary>Writes commands in the protocol of Redis. Words are ASCII.</summary>
internal static class Resp
{
    private const int LongestNumber = 24;

    public static void Start(IBufferWriter<byte> to, int words) => Number(to, (byte)'*', words);

    public static void Word(IBufferWriter<byte> to, string word) => Word(to, word, "", "");

    /// <summary>One word of three parts.</summary>
    public static void Word(IBufferWriter<byte> to, string first, string second, string third)
    {
        var length = first.Length + second.Length + third.Length;
        Number(to, (byte)'$', length);
        var span = to.GetSpan(length + 2);
        var written = Encoding.ASCII.GetBytes(first, span);
        written += Encoding.ASCII.GetBytes(second, span[written..]);
        written += Encoding.ASCII.GetBytes(third, span[written..]);
        "\r\n"u8.CopyTo(span[written..]);
        to.Advance(written + 2);
    }

    private static void Number(IBufferWriter<byte> to, byte kind, int number)
    {
        var span = to.GetSpan(LongestNumber);
        span[0] = kind;
        Utf8Formatter.TryFormat(number, span[1..], out var written);
        "\r\n"u8.CopyTo(span[(written + 1)..]);
        to.Advance(written + 3);
    }
}
