using System.Text;
using System.Text.Json.Nodes;
using static Campaigns.Gateway.Tests.BadRequests.Make;

namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>Facts and orders with wrong members, and requests that are signed wrongly.</summary>
internal static class PartnerTable
{
    private const string Facts = "/v1/partner/users/u-1/facts";
    private const string Discounts = "/v1/partner/discounts";

    public static IEnumerable<BadRequest> All => Bodies.Concat(Signatures);

    private static IEnumerable<BadRequest> Bodies =>
    [
        Partner("user id: not UTF-8", 404, "not-found", "PUT", "/v1/partner/users/%ff%fe/facts", "{\"version\":1}"),
        Partner("user id: bad escape", 404, "not-found", "PUT", "/v1/partner/users/u%zz/facts", "{\"version\":1}"),
        Partner("order id: not UTF-8", 404, "not-found", "POST", Discounts + "/%c0%af/cancel", "{}"),
        Amount("amount: missing", null),
        Amount("amount: null", "null"),
        Amount("amount: zero", "0"),
        Amount("amount: negative", "-1"),
        Amount("amount: fraction", "1.0"),
        Amount("amount: exponent", "1e2"),
        Amount("amount: text", "\"100\""),
        Amount("amount: truth", "true"),
        Amount("amount: more than a trillion", "1000000000001"),
        Amount("amount: just over 64 bits", "9223372036854775808"),
        Amount("amount: a hundred digits", new string('9', 100)),
        Amount("amount: huge exponent", "1e400"),
        Amount("amount: object", "{}"),
        Order("order id: empty", "orderId", ""),
        Order("order id: 65 characters", "orderId", new string('o', 65)),
        Order("order id: not ASCII", "orderId", "单"),
        Order("order id: line break", "orderId", "o\r\n1"),
        Order("user id: null character", "userId", "u\01"),
        Order("user id: a space alone", "userId", " "),
        Order("campaign id: path", "campaignId", "../night"),
        Order("campaign id: upper case", "campaignId", "Night"),
        Order("activity id: blank", "activityId", "a b"),
        Order("merchant id: too long", "merchantId", new string('m', 65)),
        Partner("order: empty body", 400, "invalid", "POST", Discounts, "", "$.orderId"),
        Partner("order: unknown member", 400, "invalid", "POST", Discounts, Reserve("extra", 1), "$.extra"),
        Partner("quote: channel of nobody", 400, "invalid", "POST", Discounts + "/quote",
            """{"userId":"u-1","merchantId":"m-1","channel":"radio","amount":1}""", "$.channel"),
        Partner("quote: no channel", 400, "invalid", "POST", Discounts + "/quote",
            """{"userId":"u-1","merchantId":"m-1","amount":1}""", "$.channel"),
        Partner("confirm: paid is negative", 400, "invalid", "POST", Discounts + "/o-1/confirm",
            """{"paymentId":"p-1","paid":-1}""", "$.paid"),
        Partner(
            "confirm: no payment", 400, "invalid", "POST", Discounts + "/o-1/confirm", "{\"paid\":1}", "$.paymentId"),
        Partner("cancel: with a body", 400, "invalid", "POST", Discounts + "/o-1/cancel", "{\"why\":\"x\"}", "$.why"),
        Partner("refund: less than nothing", 400, "invalid", "POST", Discounts + "/o-1/refund",
            """{"refundId":"r-1","amount":-1}""", "$.amount"),
        Partner("order: id that cannot be", 404, "not-found", "GET", Discounts + "/" + new string('o', 65), ""),
        Partner("order: id not ASCII", 404, "not-found", "POST", Discounts + "/%E5%8D%95/cancel", "{}"),
        Partner("order: no such action", 404, "not-found", "POST", Discounts + "/o-1/steal", "{}"),
        Partner("facts: no version", 400, "invalid", "PUT", Facts, "{\"facts\":{}}", "$.version"),
        Partner("facts: version 0", 400, "invalid", "PUT", Facts, "{\"version\":0}", "$.version"),
        Partner(
            "facts: fraction", 400, "invalid", "PUT", Facts, "{\"version\":1,\"facts\":{\"age\":1.5}}", "$.facts.age"),
        Partner("facts: null", 400, "invalid", "PUT", Facts, "{\"version\":1,\"facts\":{\"age\":null}}", "$.facts.age"),
        Partner("facts: object", 400, "invalid", "PUT", Facts, "{\"version\":1,\"facts\":{\"age\":{}}}", "$.facts.age"),
        Partner("facts: array", 400, "invalid", "PUT", Facts, "{\"version\":1,\"facts\":[]}", "$.facts"),
        Partner(
            "facts: twice", 400, "invalid", "PUT", Facts, "{\"version\":1,\"facts\":{\"a\":1,\"a\":2}}", "$.facts.a"),
        Partner("facts: bad name", 400, "invalid", "PUT", Facts, "{\"version\":1,\"facts\":{\"A b\":1}}", "$.facts"),
        Partner("facts: long text", 400, "invalid", "PUT", Facts,
            $"{{\"version\":1,\"facts\":{{\"a\":\"{new string('x', 257)}\"}}}}", "$.facts.a"),
        Partner("facts: 101 of them", 400, "invalid", "PUT", Facts, Many(), "$.facts"),
        Partner("tags: number", 400, "invalid", "PUT", Facts, "{\"version\":1,\"tags\":[1]}"),
        Partner("tags: null", 400, "invalid", "PUT", Facts, "{\"version\":1,\"tags\":[null]}", "$.tags[0]"),
        Partner(
            "tags: bad id", 400, "invalid", "PUT", Facts, "{\"version\":1,\"tags\":[\"vip\",\"V I P\"]}", "$.tags[1]"),
        Partner(
            "facts: user that cannot be", 404, "not-found", "PUT", "/v1/partner/users/%07/facts", "{\"version\":1}"),
        Partner("size: 64 KB and one", 413, "content-too-large", "PUT", Facts, new string(' ', 64 * 1024 + 1)),
    ];

    private static IEnumerable<BadRequest> Signatures =>
    [
        Signed(
            "signature: of other bytes", 401,
            signature => [.. signature.Select(Spoilt("X-Campaigns-Signature", "0" + new string('a', 63)))]),
        Signed(
            "signature: upper case", 401,
            signature => [.. signature.Select(Shouted)]),
        Signed("signature: missing", 401, signature => [.. signature.Take(2)]),
        Signed(
            "signature: unknown key", 401, signature => [.. signature.Select(Spoilt("X-Campaigns-Key-Id", "nobody"))]),
        Signed("signature: timestamp missing", 401, signature => [signature[0], signature[2]]),
        Signed(
            "signature: timestamp is a text", 401,
            signature => [.. signature.Select(Spoilt("X-Campaigns-Timestamp", "now"))]),
        Signed(
            "signature: timestamp overflows", 401,
            signature => [.. signature.Select(Spoilt("X-Campaigns-Timestamp", new string('9', 30)))]),
        Signed("signature: 301 s old", 401, signature => signature, age: 301),
        Signed("signature: 301 s early", 401, signature => signature, age: -301),
        Signed("signature: of another path", 401, signature => signature, signedTarget: Discounts + "/quote"),
        Signed("signature: of another method", 401, signature => signature, signedMethod: "PUT"),
        Signed("signature: without the query", 401, signature => signature, query: "?a=1"),
        Signed("signature: of another body", 401, signature => signature, signedBody: "{}"),
        Signed("signature: foreign merchant", 403, signature => signature, body: Reserve("merchantId", "m-2")),
        Signed(
            "signature: at a user's endpoint", 401, signature => signature) with
            {
                Method = "GET", Target = _ => "/v1/me",
            },
    ];

    private static (string Name, string Value) Shouted((string Name, string Value) header) =>
        header.Name == "X-Campaigns-Signature" ? (header.Name, header.Value.ToUpperInvariant()) : header;

    private static Func<(string Name, string Value), (string, string)> Spoilt(string name, string value) =>
        header => header.Name == name ? (name, value) : header;

    private static BadRequest Signed(
        string name,
        int status,
        Func<(string Name, string Value)[], IEnumerable<(string Name, string Value)>> change,
        int age = 0,
        string? signedTarget = null,
        string? signedMethod = null,
        string? signedBody = null,
        string query = "",
        string? body = null) => new(name, status, status == 403 ? "forbidden" : "unauthenticated")
        {
            IsSigned = true,
            Target = _ => Discounts + query,
            Body = Encoding.UTF8.GetBytes(body ?? Reserve()),
            Headers = (scene, sent) => change([.. TestTokens.Signature(
                    Scene.PartnerKeyId,
                    Scene.PartnerSecret,
                    scene.Tokens.Now - age,
                    signedMethod ?? "POST",
                    signedTarget ?? Discounts,
                    signedBody is null ? sent : Encoding.UTF8.GetBytes(signedBody))])
                .Append(("Content-Type", Json)),
        };

    /// <param name="amount">As it stands in the body; null: not at all.</param>
    private static BadRequest Amount(string name, string? amount)
    {
        var body = Reserve("amount", null);
        return Partner(
            name, 400, "invalid", "POST", Discounts,
            amount is null
                ? body.Replace(",\"amount\":null", "", StringComparison.Ordinal)
                : body.Replace("\"amount\":null", "\"amount\":" + amount, StringComparison.Ordinal),
            "$.amount");
    }

    private static BadRequest Order(string name, string member, string value) =>
        Partner(name, 400, "invalid", "POST", Discounts, Reserve(member, value), "$." + member);

    private static string Reserve(string? member = null, JsonNode? value = null)
    {
        var body = new JsonObject
        {
            ["orderId"] = "o-1",
            ["userId"] = "u-1",
            ["merchantId"] = "m-1",
            ["campaignId"] = "night",
            ["activityId"] = "dinner",
            ["amount"] = 100,
        };
        if (member is not null)
        {
            body[member] = value;
        }

        return body.ToJsonString();
    }

    private static string Many() =>
        "{\"version\":1,\"facts\":{" + string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"f{i}\":1")) + "}}";
}
