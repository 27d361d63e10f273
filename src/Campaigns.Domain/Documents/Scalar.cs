using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace Campaigns.Domain.Documents;

/// <summary>The texts with a grammar of their own: ids, times, durations, zones, currencies, languages.</summary>
internal static partial class Scalar
{
    private static readonly FrozenSet<string> ZoneIds =
        DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsId(string text) => IdPattern().IsMatch(text);

    public static bool IsCurrency(string text) => CurrencyPattern().IsMatch(text);

    public static bool IsLanguage(string text) => LanguagePattern().IsMatch(text);

    public static bool IsFactName(string text) => FactPattern().IsMatch(text);

    /// <summary>1 to 64 printable ASCII characters: tags, merchants, ids of partners.</summary>
    public static bool IsPrintable(string text) =>
        text.Length is >= 1 and <= 64 && text.All(c => c is >= '!' and <= '~');

    public static DateTimeZone? Zone(string id) =>
        ZoneIds.Contains(id) ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null;

    /// <summary>RFC 3339 with an offset or Z.</summary>
    public static Instant? Time(string text)
    {
        var parsed = OffsetDateTimePattern.Rfc3339.Parse(text);
        if (!parsed.Success)
        {
            return null;
        }

        // An offset may carry the first and the last day that there is beyond what an instant can tell.
        return parsed.Value.Year switch
        {
            < 2 => Instant.MinValue,
            > 9998 => Instant.MaxValue,
            _ => parsed.Value.ToInstant(),
        };
    }

    /// <summary>ISO 8601 without years and months, which have no fixed length: P30D, P2W, PT1H30M.</summary>
    public static Duration? Duration(string text)
    {
        var match = DurationPattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        return NodaTime.Duration.FromDays((7 * Part(match, "w")) + Part(match, "d"))
            + NodaTime.Duration.FromHours(Part(match, "h"))
            + NodaTime.Duration.FromMinutes((long)Part(match, "m"))
            + NodaTime.Duration.FromSeconds((long)Part(match, "s"));
    }

    private static int Part(Match match, string group) =>
        match.Groups[group] is { Success: true } digits ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[A-Z]{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CurrencyPattern();

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguagePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FactPattern();

    [GeneratedRegex(
        @"\AP(?=[0-9T])(?:(?<w>[0-9]{1,4})W|(?:(?<d>[0-9]{1,5})D)?"
        + @"(?:T(?=[0-9])(?:(?<h>[0-9]{1,6})H)?(?:(?<m>[0-9]{1,8})M)?(?:(?<s>[0-9]{1,9})S)?)?)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();
}
