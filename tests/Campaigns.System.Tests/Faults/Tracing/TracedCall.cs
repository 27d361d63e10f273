using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Campaigns.System.Tests.Faults.Tracing;

/// <summary>A system call of a trace; places are line numbers, equal where nothing came between.</summary>
/// <param name="Target">What its first argument, a descriptor, stands for: a path, or <c>socket:[NUMBER]</c>.</param>
/// <param name="Bytes">What was read or written.</param>
internal sealed partial record TracedCall(
    int Thread, string Name, string Target, byte[] Bytes, long Result, int Began, int Ended)
{
    public bool IsSync => Name is "fdatasync" or "fsync" && Result == 0;

    public bool IsWrite =>
        Name is "write" or "sendto" or "sendmsg" or "writev" or "pwrite64" or "pwritev" or "pwritev2";

    public bool IsRead => Name is "read" or "recvfrom" or "recvmsg" or "readv";

    /// <summary>Calls in the order in which they ended; what never ended is left out.</summary>
    public static IReadOnlyList<TracedCall> Read(IEnumerable<string> lines)
    {
        var open = new Dictionary<int, (int Began, string Text)>();
        var calls = new List<TracedCall>();
        var place = 0;
        foreach (var line in lines)
        {
            place++;
            if (Line().Match(line) is not { Success: true } match)
            {
                continue;
            }

            var thread = int.Parse(match.Groups["thread"].ValueSpan, CultureInfo.InvariantCulture);
            var text = match.Groups["text"].Value;
            if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                open[thread] = (place, text[..^"<unfinished ...>".Length]);
                continue;
            }

            var began = place;
            if (Resumed().Match(text) is { Success: true } resumed)
            {
                if (!open.Remove(thread, out var first))
                {
                    continue;
                }

                (began, text) = (first.Began, first.Text + text[resumed.Length..]);
            }

            if (Whole().Match(text) is { Success: true } whole)
            {
                calls.Add(new TracedCall(
                    thread,
                    whole.Groups["name"].Value,
                    Encoding.UTF8.GetString(Data(whole.Groups["target"].ValueSpan)),
                    Data(whole.Groups["rest"].ValueSpan),
                    long.Parse(whole.Groups["result"].ValueSpan, CultureInfo.InvariantCulture),
                    began,
                    place));
            }
        }

        return calls;
    }

    /// <summary>The bytes of all texts, each byte written as \x and two digits.</summary>
    private static byte[] Data(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length / 4);
        for (var at = text.IndexOf("\\x"); at >= 0; at = text.IndexOf("\\x"))
        {
            bytes.Add(byte.Parse(text.Slice(at + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            text = text[(at + 4)..];
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"^(?<thread>\d+)\s+(?<text>.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<name>\w+)\(\d+<(?<target>.*?)>(?<rest>.*)\)\s*= (?<result>-?\d+)")]
    private static partial Regex Whole();
}
