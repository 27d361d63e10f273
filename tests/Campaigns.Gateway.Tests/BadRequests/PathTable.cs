using static Campaigns.Gateway.Tests.BadRequests.Make;

namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>Paths, methods, headers and query parameters that nobody should send.</summary>
internal static class PathTable
{
    public static IEnumerable<BadRequest> All =>
    [
        User("path: unknown", 404, "not-found", "GET", "/v1/nothing"),
        User("path: root", 404, "not-found", "GET", "/"),
        User("path: other version", 404, "not-found", "GET", "/v2/me"),
        User("path: unknown campaign", 404, "not-found", "GET", "/v1/campaigns/nobody"),
        User("path: unknown campaign of mine", 404, "not-found", "GET", "/v1/me/campaigns/nobody"),
        User("path: unknown activity", 404, "not-found", "POST", "/v1/campaigns/night/activities/nothing/draws"),
        User("path: draw from a check-in", 404, "not-found", "POST", "/v1/campaigns/night/activities/daily/draws"),
        User("path: check in at a pool", 404, "not-found", "POST", "/v1/campaigns/night/activities/rain/check-ins"),
        User("path: upper case id", 404, "not-found", "GET", "/v1/campaigns/NIGHT"),
        User("path: id of 65 letters", 404, "not-found", "GET", "/v1/campaigns/" + new string('n', 65)),
        User("path: id with a blank", 404, "not-found", "GET", "/v1/campaigns/ni%20ght"),
        User("path: id not ASCII", 404, "not-found", "GET", "/v1/campaigns/%E8%B7%A8"),
        User("path: dots", 404, "not-found", "GET", "/v1/campaigns/../../etc/passwd"),
        User("path: escaped dots", 404, "not-found", "GET", "/v1/campaigns/%2e%2e/%2e%2e/etc"),
        User("path: dots and escaped slash", 404, "not-found", "GET", "/v1/campaigns/..%2f..%2fetc"),
        User("path: twice escaped", 404, "not-found", "GET", "/v1/campaigns/%252e%252e"),
        User("path: back slash", 404, "not-found", "GET", "/v1/campaigns/..\\..\\etc"),
        User("path: double slash", 404, "not-found", "GET", "//v1//me"),
        User("path: null character", 400, null, "GET", "/v1/campaigns/night%00"),
        User("path: line break", 404, "not-found", "GET", "/v1/campaigns/night%0d%0aX:1"),
        User("path: bad escape", 404, "not-found", "GET", "/v1/campaigns/%zz"),
        User("path: parameter in a segment", 404, "not-found", "GET", "/v1/campaigns/night;a=1"),
        User("path: 5 KB", 414, "uri-too-long", "GET", "/v1/campaigns/" + new string('n', 5 * 1024)),
        User("path: 20 KB", 414, null, "GET", "/v1/campaigns/" + new string('n', 20 * 1024)),
        User("query: 5 KB", 414, "uri-too-long", "GET", "/v1/me?" + new string('q', 5 * 1024)),
        User("method: GET a draw", 405, "method-not-allowed", "GET", "{draws}"),
        User("method: DELETE me", 405, "method-not-allowed", "DELETE", "/v1/me"),
        User("method: PATCH a campaign", 405, "method-not-allowed", "PATCH", "/v1/campaigns/night"),
        User("method: OPTIONS", 405, "method-not-allowed", "OPTIONS", "/v1/me"),
        User("method: TRACE", 405, "method-not-allowed", "TRACE", "/v1/me"),
        User("method: of nobody", 405, "method-not-allowed", "BREW", "/v1/me"),
        User("limit: 0", 400, "invalid", "GET", "/v1/me/transfers?limit=0") with { Error = "limit" },
        User("limit: 201", 400, "invalid", "GET", "/v1/me/transfers?limit=201") with { Error = "limit" },
        User("limit: negative", 400, "invalid", "GET", "/v1/me/transfers?limit=-1") with { Error = "limit" },
        User("limit: fraction", 400, "invalid", "GET", "/v1/me/transfers?limit=1.0") with { Error = "limit" },
        User("limit: exponent", 400, "invalid", "GET", "/v1/me/transfers?limit=1e1") with { Error = "limit" },
        User("limit: overflow", 400, "invalid", "GET", "/v1/me/transfers?limit=4294967297") with { Error = "limit" },
        User("limit: twice", 400, "invalid", "GET", "/v1/me/transfers?limit=1&limit=2") with { Error = "limit" },
        User("limit: empty", 400, "invalid", "GET", "/v1/campaigns?limit=") with { Error = "limit" },
        User("cursor: empty", 400, "invalid", "GET", "/v1/me/transfers?cursor=") with { Error = "cursor" },
        User(
            "cursor: too long", 400, "invalid", "GET", "/v1/me/transfers?cursor=" + new string('c', 257)) with
            {
                Error = "cursor",
            },
        User("cursor: blank", 400, "invalid", "GET", "/v1/me/transfers?cursor=a%20b") with { Error = "cursor" },
        Draw("key: none", 400, "idempotency-key-required", key: ""),
        Draw("key: 65 characters", 400, "invalid", key: new string('k', 65)) with { Error = "Idempotency-Key" },
        Draw("key: not ASCII", 400, "invalid", key: "schlüssel") with { Error = "Idempotency-Key" },
        Draw("key: tabulator", 400, "invalid", key: "a\tb") with { Error = "Idempotency-Key" },
        Draw("key: two", 400, "invalid", key: "a\r\nIdempotency-Key: b") with { Error = "Idempotency-Key" },
        Draw("headers: 20 KB", 431, null, key: new string('k', 20 * 1024)),
        Draw(
            "headers: 100 of them", 431, null,
            key: "k" + string.Concat(Enumerable.Range(0, 100).Select(i => $"\r\nX-{i}: 1"))),
        Draw("headers: null character", 400, null, key: "a\0b"),
        CheckIn("key: 65 characters on a check-in", 400, "invalid", "{}", "Idempotency-Key") with
        {
            Headers = (scene, _) => Headers(
                "Bearer " + scene.Tokens.User(), Json, ("Idempotency-Key", new string('k', 65))),
        },
    ];
}
