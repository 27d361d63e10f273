using static Campaigns.Gateway.Tests.BadRequests.Make;

namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>Operators without the role, the precondition, or an id that can be.</summary>
internal static class OpsTable
{
    public static IEnumerable<BadRequest> All =>
    [
        Operator("role: auditor creates", 403, "forbidden", "POST", "/v1/ops/campaigns", "{}", ["auditor"]),
        Operator("role: approver replaces", 403, "forbidden", "PUT", "/v1/ops/campaigns/{c}", "{}", ["approver"]),
        Operator(
            "role: planner approves", 403, "forbidden", "POST", "/v1/ops/campaigns/{c}/approve", "{}", ["planner"]),
        Operator("role: planner rejects", 403, "forbidden", "POST", "/v1/ops/campaigns/{c}/reject", "{}", ["planner"]),
        Operator(
            "role: approver submits", 403, "forbidden", "POST", "/v1/ops/campaigns/{c}/submit", "{}", ["approver"]),
        Operator("role: finance pauses", 403, "forbidden", "POST", "/v1/ops/campaigns/{c}/pause", "{}", ["finance"]),
        Operator("role: support resumes", 403, "forbidden", "POST", "/v1/ops/campaigns/{c}/resume", "{}", ["support"]),
        Operator("role: auditor ends", 403, "forbidden", "POST", "/v1/ops/campaigns/{c}/end", "{}", ["auditor"]),
        Operator("role: of nobody", 403, "forbidden", "GET", "/v1/ops/campaigns", "", ["king"]),
        Operator("role: in other letters", 403, "forbidden", "GET", "/v1/ops/campaigns", "", ["Planner"]),
        Operator("precondition: none", 428, "precondition-required", "PUT", "/v1/ops/campaigns/{c}", "{}"),
        Operator(
            "precondition: weak", 412, "stale", "PUT", "/v1/ops/campaigns/{c}", "{}", header: ("If-Match", "W/\"1\"")),
        Operator(
            "precondition: no ETag", 412, "stale", "PUT", "/v1/ops/campaigns/{c}", "{}", header: ("If-Match", "1")),
        Operator(
            "precondition: not ours", 412, "stale", "PUT", "/v1/ops/campaigns/{c}", "{}",
            header: ("If-Match", "\"a1\"")),
        Operator("precondition: any", 412, "stale", "PUT", "/v1/ops/campaigns/{c}", "{}", header: ("If-Match", "*")),
        Operator("action: unknown", 404, "not-found", "POST", "/v1/ops/campaigns/{c}/explode", "{}"),
        Operator("action: id that cannot be", 404, "not-found", "POST", "/v1/ops/campaigns/-x/approve", "{}"),
        Operator("get: id that cannot be", 404, "not-found", "GET", "/v1/ops/campaigns/..%2fnight"),
        Operator("audit: id that cannot be", 404, "not-found", "GET", "/v1/ops/campaigns/NIGHT/audit"),
        Operator(
            "action: unknown member", 400, "invalid", "POST", "/v1/ops/campaigns/{c}/pause", "{\"force\":true}") with
            {
                Error = "$.force",
            },
        Operator(
            "action: long reason", 400, "invalid", "POST", "/v1/ops/campaigns/{c}/pause",
            $"{{\"reason\":\"{new string('x', 501)}\"}}") with { Error = "$.reason" },
        Operator("list: limit", 400, "invalid", "GET", "/v1/ops/campaigns?limit=x") with { Error = "limit" },
        Operator(
            "document: 1 MB and one", 413, "content-too-large", "POST", "/v1/ops/campaigns",
            new string(' ', 1024 * 1024 + 1)),
        Operator("document: text", 415, "unsupported-media-type", "POST", "/v1/ops/campaigns", "{}") with
        {
            Headers = (scene, _) => Headers("Bearer " + scene.Tokens.Operator(), "text/plain"),
        },
    ];
}
