using System.Text.Json.Nodes;

namespace Campaigns.System.Tests.Clients;

/// <summary>An HTTP answer that arrived whole. Times are of the test's own monotonic clock.</summary>
internal sealed record Answer(
    int Status, string Body, bool Replayed, bool RetryAfter, long AskedAt, long AnsweredAt)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The stable code of a problem, or null.</summary>
    public string? Code => Status >= 400 ? (string?)Json["code"] : null;

    /// <summary>Money in the rewards of a draw, in fen.</summary>
    public long Cash => Json["rewards"]!.AsArray().Sum(reward => (long)reward!["amount"]!);

    /// <summary>True for an answer that says how the request ended; false for "ask again".</summary>
    public bool Definite => Status is not (503 or 429);
}
