using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Campaigns.Gateway.Bodies;

/// <summary>Ids in paths. One that cannot exist gives null, which endpoints answer with 404.</summary>
internal static class PathIds
{
    public static string? DocumentId(this HttpContext http, string name) =>
        http.Request.RouteValues[name] is string id && Ids.IsDocumentId(id) ? id : null;

    /// <summary>
    /// An id of printable ASCII, which may hold an escaped slash. The server leaves <c>%2F</c> escaped in a path but
    /// unescapes <c>%25</c>, so the target as it was sent has to be asked.
    /// </summary>
    public static string? PrintableId(this HttpContext http, string name, int segment)
    {
        if (http.Request.RouteValues[name] is not string routed)
        {
            return null;
        }

        var id = routed.Contains('%') ? Sent(http, segment) : routed;
        return id is not null && Ids.IsPrintable(id) ? id : null;
    }

    private static string? Sent(HttpContext http, int segment)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var segments = target.Split('?', 2)[0].Split('/');
        // Dot segments, which the server removes, or the absolute form: then the places differ.
        return segments.Length == http.Request.Path.Value!.Split('/').Length && target.StartsWith('/')
            ? Unescaped(segments[segment])
            : null;
    }

    /// <summary>Null where an escape stands for no ASCII: left as it is, it would name somebody else.</summary>
    private static string? Unescaped(string segment)
    {
        var id = new StringBuilder(segment.Length);
        for (var at = 0; at < segment.Length; at++)
        {
            if (segment[at] != '%')
            {
                id.Append(segment[at]);
            }
            else if (at + 2 < segment.Length
                && TryByte(segment.AsSpan(at + 1, 2), out var escaped)
                && escaped < 0x80)
            {
                id.Append((char)escaped);
                at += 2;
            }
            else
            {
                return null;
            }
        }

        return id.ToString();
    }

    private static bool TryByte(ReadOnlySpan<char> digits, out byte escaped) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out escaped);
}
