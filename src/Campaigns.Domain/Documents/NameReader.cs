using System.Collections.Immutable;

namespace Campaigns.Domain.Documents;

/// <summary>Reads names: language tag to text.</summary>
internal static class NameReader
{
    private static readonly ImmutableSortedDictionary<string, string> Nameless =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> Optional(ObjectReader parent) =>
        parent.Has("name") ? Required(parent) : Nameless;

    public static ImmutableSortedDictionary<string, string> Required(ObjectReader parent)
    {
        if (parent.Object("name") is not { } reader)
        {
            return Nameless;
        }

        if (reader.Unread.Count is 0 or > DocumentLimits.Languages)
        {
            parent.Fault("name", $"must have 1 to {DocumentLimits.Languages} languages");
            return Nameless;
        }

        var names = Nameless.ToBuilder();
        foreach (var language in reader.Unread.ToArray())
        {
            if (!Scalar.IsLanguage(language))
            {
                reader.Refuse(language, "is not a language tag such as en or zh-CN");
            }
            else if (reader.Text(language) is { } text)
            {
                names[language] = text;
                Check(reader, language, text);
            }
        }

        return names.ToImmutable();
    }

    private static void Check(ObjectReader reader, string language, string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > DocumentLimits.NameLength || text.Any(char.IsControl))
        {
            reader.Fault(
                language, $"must have 1 to {DocumentLimits.NameLength} characters, none of them a control character");
        }
    }
}
