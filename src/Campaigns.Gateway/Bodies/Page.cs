using System.Globalization;
using Campaigns.Gateway.Answers;
using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.Bodies;

/// <summary>The query parameters <c>limit</c> and <c>cursor</c> of a list.</summary>
internal readonly record struct Page(int Limit, string? Cursor, Problem? Refusal)
{
    public const int MaxLimit = 200;
    public const int UsualLimit = 50;
    private const int MaxCursor = 256;

    public static Page Read(HttpRequest request)
    {
        var limit = request.Query["limit"];
        var cursor = request.Query["cursor"];
        var number = UsualLimit;
        if (limit.Count > 1 || (limit.Count == 1 && !TryLimit(limit[0], out number)))
        {
            return new Page(0, null, Problem.Invalid("limit", $"must be an integer from 1 to {MaxLimit}"));
        }

        return cursor.Count switch
        {
            0 => new Page(number, null, null),
            1 when IsCursor(cursor[0]) => new Page(number, cursor[0], null),
            _ => new Page(0, null, Problem.Invalid("cursor", "must be the next of an earlier page")),
        };
    }

    private static bool TryLimit(string? text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is > 0 and <= MaxLimit;

    private static bool IsCursor(string? text) =>
        text is { Length: > 0 and <= MaxCursor } && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>A page of what is sorted by an id, which is the cursor.</summary>
    public (T[] Items, string? Next) Of<T>(IEnumerable<T> sorted, Func<T, string> id)
    {
        var after = Cursor;
        var rest = after is null ? sorted : sorted.Where(item => string.CompareOrdinal(id(item), after) > 0);
        var taken = rest.Take(Limit + 1).ToArray();
        return taken.Length > Limit ? (taken[..Limit], id(taken[Limit - 1])) : (taken, null);
    }
}
