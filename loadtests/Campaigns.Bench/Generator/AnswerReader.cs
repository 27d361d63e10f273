using System.Buffers.Text;

namespace Campaigns.Bench.Generator;

/// <summary>As much of HTTP as a bench needs: status, length, and whether all of the answer is there.</summary>
internal static class AnswerReader
{
    private const int StatusAt = 9;

    private static ReadOnlySpan<byte> LengthHeader => "Content-Length: "u8;

    /// <summary>
    /// False while bytes are missing. Status 0: this is not an answer that the bench can read.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out int status, out ReadOnlySpan<byte> body)
    {
        status = 0;
        body = default;
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var headers = bytes[..head];
        var at = headers.IndexOf(LengthHeader);
        if (at < 0
            || !Utf8Parser.TryParse(headers[(at + LengthHeader.Length)..], out int length, out _)
            || !Utf8Parser.TryParse(headers[StatusAt..], out int code, out _))
        {
            return true;
        }

        var rest = bytes[(head + 4)..];
        if (rest.Length < length)
        {
            return false;
        }

        status = rest.Length == length ? code : 0;
        body = rest[..length];
        return true;
    }

    /// <summary>The first amount in a body; 0 without one.</summary>
    public static long Amount(ReadOnlySpan<byte> body)
    {
        var name = "\"amount\":"u8;
        var at = body.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(body[(at + name.Length)..], out long amount, out _) ? amount : 0;
    }
}
