using System.Text.Json;
using System.Text.Json.Nodes;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.CheckIns;
using Campaigns.Gateway.Draws;

namespace Campaigns.Gateway.OpenApi;

/// <summary>A problem document as an example for its code.</summary>
internal static class ProblemExample
{
    public static JsonNode Of(ProblemKind kind) => JsonSerializer.SerializeToNode(
        new ProblemDocument
        {
            Type = "urn:campaigns:problem:" + kind.Code,
            Title = kind.Title,
            Status = kind.Status,
            Code = kind.Code,
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            Errors = kind == ProblemKind.Invalid
                ? new Dictionary<string, string> { ["$.amount"] = "is required" }
                : null,
            Original = kind == OutcomeTable.AlreadyDrawn ? DrawApi.Example
                : kind == OutcomeTable.AlreadyCheckedIn ? CheckInApi.Example
                : null,
        },
        GatewayJson.Strict.ProblemDocument)!;
}
