using System.Text.Json.Nodes;
using static Campaigns.Gateway.Tests.BadRequests.Make;

namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>Tokens that are missing, forged, out of their time or somebody else's.</summary>
internal static class TokenTable
{
    private const string Code = "unauthenticated";

    public static IEnumerable<BadRequest> All =>
    [
        Draw("token: none", 401, Code, authorization: ""),
        Draw("token: other scheme", 401, Code, authorization: "Basic dTpw"),
        Draw("token: scheme alone", 401, Code, authorization: "Bearer"),
        Draw("token: empty", 401, Code, authorization: "Bearer "),
        Draw("token: not a token", 401, Code, authorization: "Bearer abc"),
        Draw("token: two parts", 401, Code, token: tokens => tokens.User()[..tokens.User().LastIndexOf('.')]),
        Draw("token: four parts", 401, Code, token: tokens => tokens.User() + ".x"),
        Draw(
            "token: empty signature", 401, Code,
            token: tokens => tokens.User()[..(tokens.User().LastIndexOf('.') + 1)]),
        Draw("token: signature of other bytes", 401, Code, token: Tampered),
        Draw("token: other subject under an old signature", 401, Code, token: Swapped),
        Draw("token: other key", 401, Code, token: tokens => Stranger(tokens).User()),
        Draw("token: alg none", 401, Code, token: tokens => Unsigned(tokens, "none")),
        Draw("token: alg None", 401, Code, token: tokens => Unsigned(tokens, "None")),
        Draw(
            "token: alg none with a signature", 401, Code,
            token: tokens => tokens.Sign(tokens.Claims("user", "u-1"), Header("none"))),
        Draw(
            "token: alg HS384", 401, Code,
            token: tokens => tokens.Sign(tokens.Claims("user", "u-1"), Header("HS384"))),
        Draw(
            "token: alg RS256", 401, Code,
            token: tokens => tokens.Sign(tokens.Claims("user", "u-1"), Header("RS256"))),
        Draw(
            "token: alg missing", 401, Code,
            token: tokens => tokens.Sign(tokens.Claims("user", "u-1"), "{\"typ\":\"JWT\"}")),
        Draw("token: header is no object", 401, Code, token: tokens => tokens.Sign(tokens.Claims("user", "u-1"), "[]")),
        Draw("token: critical extension", 401, Code, token: tokens => tokens.Sign(
            tokens.Claims("user", "u-1"), "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}")),
        Draw("token: expired", 401, Code, token: tokens => tokens.With("exp", tokens.Now - 60)),
        Draw("token: without exp", 401, Code, token: tokens => tokens.With("exp", null)),
        Draw("token: exp is a text", 401, Code, token: tokens => tokens.With("exp", "2099-01-01")),
        Draw("token: exp is negative", 401, Code, token: tokens => tokens.With("exp", -1)),
        Draw("token: not yet valid", 401, Code, token: tokens => tokens.With("nbf", tokens.Now + 600)),
        Draw("token: nbf is a text", 401, Code, token: tokens => tokens.With("nbf", "now")),
        Draw("token: without iss", 401, Code, token: tokens => tokens.With("iss", null)),
        Draw("token: other issuer", 401, Code, token: tokens => tokens.With("iss", "https://example.com")),
        Draw("token: without aud", 401, Code, token: tokens => tokens.With("aud", null)),
        Draw("token: audience of operators", 401, Code, token: tokens => tokens.Operator()),
        Draw("token: audience of partners", 401, Code, token: tokens => tokens.Partner()),
        Draw("token: audience of merchants", 401, Code, token: tokens => tokens.With("aud", "campaigns:merchant")),
        Draw("token: audience of others", 401, Code, token: tokens => tokens.With("aud", "payments:user")),
        Draw("token: audience in other letters", 401, Code, token: tokens => tokens.With("aud", "Campaigns:User")),
        Draw("token: without sub", 401, Code, token: tokens => tokens.With("sub", null)),
        Draw("token: empty sub", 401, Code, token: tokens => tokens.With("sub", "")),
        Draw("token: sub too long", 401, Code, token: tokens => tokens.With("sub", new string('u', 65))),
        Draw("token: sub not ASCII", 401, Code, token: tokens => tokens.With("sub", "用户")),
        Draw("token: sub with a line break", 401, Code, token: tokens => tokens.With("sub", "u\n1")),
        Draw("token: sub is a number", 401, Code, token: tokens => tokens.With("sub", 1)),
        Draw("token: sub twice", 401, Code, token: tokens => tokens.Twice("sub", "u-2")),
        Draw("token: payload is no JSON", 401, Code, token: tokens => tokens.Sign("sub=u-1")),
        Draw("token: payload is no object", 401, Code, token: tokens => tokens.Sign("[1]")),
        Draw("token: longer than 8 KB", 401, Code, token: tokens => tokens.With("note", new string('x', 8 * 1024))),
        Draw("token: two headers", 401, Code) with
        {
            Headers = (scene, _) => Headers(
                "Bearer " + scene.Tokens.User(), Json, ("Authorization", "Bearer " + scene.Tokens.User())),
        },
        User("token: user at an operator's endpoint", 401, Code, "GET", "/v1/ops/campaigns"),
        User("token: user at a partner's endpoint", 401, Code, "GET", "/v1/partner/discounts/o-1"),
        Partner("token: partner at a user's endpoint", 401, Code, "GET", "/v1/me", ""),
        Operator("token: operator at a partner's endpoint", 401, Code, "GET", "/v1/partner/discounts/o-1"),
        Partner("token: partner's id with a slash", 401, Code, "GET", "/v1/partner/discounts/o-1", "") with
        {
            Headers = (scene, _) => Headers("Bearer " + scene.Tokens.Partner("shop/o"), ""),
        },
    ];

    private static string Header(string algorithm) =>
        new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" }.ToJsonString();

    private static string Unsigned(TestTokens tokens, string algorithm)
    {
        var claims = tokens.Claims("user", "u-1").ToJsonString();
        return TestTokens.Encode(Header(algorithm)) + "." + TestTokens.Encode(claims) + ".";
    }

    private static string Tampered(TestTokens tokens)
    {
        var token = tokens.User();
        var place = token.LastIndexOf('.') + 5;
        return token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..];
    }

    private static string Swapped(TestTokens tokens)
    {
        var parts = tokens.User().Split('.');
        return $"{parts[0]}.{TestTokens.Encode(tokens.Claims("user", "u-2").ToJsonString())}.{parts[2]}";
    }

    private static TestTokens Stranger(TestTokens tokens) => new(new byte[32], new At(tokens.Now));

    private sealed class At(long seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
