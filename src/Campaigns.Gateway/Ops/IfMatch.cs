using System.Globalization;
using Campaigns.Gateway.Answers;
using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.Ops;

/// <summary>The header <c>If-Match</c> with one strong ETag of ours.</summary>
internal readonly record struct IfMatch(long Version, Problem? Refusal)
{
    public static IfMatch Read(HttpRequest request)
    {
        var values = request.Headers.IfMatch;
        if (values.Count == 0 || (values.Count == 1 && string.IsNullOrWhiteSpace(values[0])))
        {
            return new IfMatch(0, new Problem(ProblemKind.PreconditionRequired));
        }

        var tag = values.Count == 1 ? values[0].AsSpan().Trim() : default;
        return tag is ['"', .. var number, '"']
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new IfMatch(version, null)
            : new IfMatch(0, new Problem(ProblemKind.Stale, "If-Match must hold the ETag of the version read."));
    }

    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
