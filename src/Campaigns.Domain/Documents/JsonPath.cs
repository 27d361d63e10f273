namespace Campaigns.Domain.Documents;

/// <summary>Builds JSON paths (RFC 9535): <c>$.catalog.items['top-up'].stock</c>.</summary>
internal static class JsonPath
{
    private const int LongestName = 80;

    public const string Root = "$";

    public static string Member(string path, string name) =>
        IsPlain(name) ? $"{path}.{name}" : $"{path}['{Escape(name)}']";

    public static string Index(string path, int index) => $"{path}[{index}]";

    /// <summary>Text of the document, cut and without control characters, to be quoted in a message.</summary>
    public static string Quote(string text)
    {
        var shown = text.Length <= LongestName ? text : text[..CutAt(text)] + "...";
        return string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c));
    }

    private static int CutAt(string text) =>
        char.IsHighSurrogate(text[LongestName - 1]) ? LongestName - 1 : LongestName;

    private static string Escape(string name) =>
        Quote(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);

    private static bool IsPlain(string name)
    {
        if (name.Length is 0 or > LongestName || char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        return name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
    }
}
