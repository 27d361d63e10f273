using Campaigns.Gateway.Tests.BadRequests;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>Breaks a good request in one way, at times in several, that has to be refused in any state.</summary>
internal sealed class Breaker(ApiDocument api, TestTokens tokens)
{
    private const int SecondsPerDay = 86_400;

    private static readonly string[] Methods =
        ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "BREW", "PROPFIND", "QUERY"];

    private static readonly string[] BadIds =
    [
        "NIGHT", "%20", "n%0d%0aX:1", "%E8%B7%A8", "%252e", "n%zz", "%ff%fe", "%c0%af", "night;a=1", "..%2f..",
        "%F0%9F%A7%A7",
        "-night", new('n', 65), "%7f", "a'b\"", "%1b[31m",
    ];

    private static readonly string[] Elsewhere =
        ["//", "/v2", "/v1/%2e%2e/x", "/V1/me/x", "/v1/ops", "/v1/partner/discounts/a/b/c/d"];

    private static readonly string[] BadPages =
    [
        "limit=0", "limit=201", "limit=-1", "limit=%2B5", "limit=1.0", "limit=1e1", "limit=", "limit=4294967297",
        "limit=5&limit=6",
        "limit=%D9%A3", "limit=NaN", "limit=0x10", "limit=%2010", "cursor=", "cursor=a%20b", "cursor=%00",
        "cursor=a&cursor=b",
        "cursor=%E7%94%A8", "cursor=%F0%9F%A7%A7", $"cursor={new string('c', 257)}",
    ];

    private static readonly string[] BadKeys =
        [new('k', 65), "schl\u00fcssel", "a\tb", "\u7528\u6237", "a\r\nIdempotency-Key: b"];

    private static readonly string[] BadTags =
        ["1", "*", "W/\"1\"", "\"x\"", "\"-1\"", "\"1\", \"2\"", "\"99999999999999999999\"", "\"1e0\""];

    public void Break(MadeRequest made, BodyMaker bodies, Random random)
    {
        var broken = 0;
        var wanted = random.Next(5) == 0 ? 2 : 1;
        // What a second fault does to the first one's status is nobody's promise.
        for (var tries = 0; broken < wanted && tries < 1_000; tries++)
        {
            broken += Try(made, bodies, random) ? 1 : 0;
        }

        if (broken > 1)
        {
            made.Request.Statuses = null;
        }
    }

    private bool Try(MadeRequest made, BodyMaker bodies, Random random)
    {
        var request = made.Request;
        var operation = request.Operation;
        switch (random.Next(12))
        {
            case 0 when operation.Schemes.Length > 0:
                return Token(request, random);
            case 1 when operation.TakesPartners:
                return Signature(made, random);
            case 2:
                return Method(request, random);
            case 3:
                return Place(request, random);
            case 4 when operation.HasParameter("limit") && !request.IsElsewhere:
                request.Target = $"{request.Target.Split('?')[0]}?{FuzzNames.Pick(BadPages, random)}";
                return Said(request, "bad page", 400);
            case 5 when operation.HasParameter("Idempotency-Key"):
                return Key(request, random);
            case 6 when operation.HasParameter("If-Match"):
                return Match(request, random);
            case >= 7 when operation.Body is { } schema:
                return Body(made, schema, bodies, random);
            default:
                return false;
        }
    }

    private bool Body(
        MadeRequest made, global::System.Text.Json.JsonElement schema, BodyMaker bodies, Random random)
    {
        if (made.Request.Operation.TakesDocument)
        {
            return random.Next(3) == 0
                ? BodyBreaker.Envelope(made, random)
                : BodyBreaker.Document(made, random);
        }

        switch (random.Next(6))
        {
            case 0:
                return BodyBreaker.Syntax(made, random);
            case 1:
                return BodyBreaker.Envelope(made, random);
            default:
                bodies.Spoil(made.Body, schema, random, made.Request);
                made.Request.Statuses = [400];
                return true;
        }
    }

    private bool Token(FuzzRequest request, Random random)
    {
        var audience = request.Operation.TakesUsers ? "user" : request.Operation.TakesPartners ? "partner" : "operator";
        var good = tokens.Sign(tokens.Claims(audience, "u-1"));
        var (what, value) = random.Next(14) switch
        {
            0 => ("no token", null),
            1 => ("token of others", "Bearer " + (audience == "user" ? tokens.Operator() : tokens.User())),
            2 => ("token of merchants", "Bearer " + tokens.Sign(tokens.Claims("merchant", "m-1"))),
            3 => ("expired", "Bearer " + Changed(audience, "exp", tokens.Now - random.Next(10, SecondsPerDay))),
            4 => ("not yet", "Bearer " + Changed(audience, "nbf", tokens.Now + SecondsPerDay)),
            5 => ("other issuer", "Bearer " + Changed(audience, "iss", "campaigns")),
            6 => ("odd subject", "Bearer " + Changed(audience, "sub", Odd(random))),
            7 => ("other key", "Bearer " + new TestTokens(new byte[32], TimeProvider.System).Sign(
                tokens.Claims(audience, "u-1"))),
            8 => ("flipped bit", "Bearer " + Flipped(good, random)),
            9 => ("alg none", "Bearer " + tokens.Sign(tokens.Claims(audience, "u-1"), """{"alg":"none"}""")),
            10 => ("cut off", "Bearer " + good[..random.Next(good.Length - 1)]),
            11 => ("two tokens", $"Bearer {good}\r\nAuthorization: Bearer {good}"),
            12 => ("other scheme", FuzzNames.Pick(["Basic dTpw", "Bearer", $"Bearer {good}x", good, "\u7528"], random)),
            _ => ("long token", "Bearer " + new string('x', 9_000)),
        };
        request.Remove("Authorization");
        if (value is not null)
        {
            request.Headers.Add(("Authorization", value));
        }

        return Said(request, what, 401);
    }

    private string Changed(string audience, string claim, global::System.Text.Json.Nodes.JsonNode? value)
    {
        var claims = tokens.Claims(audience, "u-1");
        claims[claim] = value;
        return tokens.Sign(claims);
    }

    private static global::System.Text.Json.Nodes.JsonNode? Odd(Random random) =>
        FuzzNames.Pick<global::System.Text.Json.Nodes.JsonNode?>(
            ["", new string('u', 65), "\u7528", "u\0", "u\n", 5, null, true], random);

    /// <summary>Not in the last character, whose low bits need not count.</summary>
    private static string Flipped(string token, Random random)
    {
        var at = token.LastIndexOf('.') + 1 + random.Next(40);
        return token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
    }

    private bool Signature(MadeRequest made, Random random)
    {
        var (now, kind, delta) = (tokens.Now, random.Next(5), random.Next(310, SecondsPerDay));
        made.Last(sent =>
        {
            var method = sent.Method;
            sent.Method = kind == 0 ? "PATCH" : method;
            RequestMaker.Sign(sent, kind == 1 ? now - delta : now, kind == 2 ? new byte[32] : Scene.PartnerSecret);
            sent.Method = method;
            if (kind == 3)
            {
                sent.Target += "?a";
            }
            else if (kind == 4)
            {
                sent.Remove("X-Campaigns-Timestamp");
            }
        });
        return Said(made.Request, "wrong signature", 401);
    }

    private bool Method(FuzzRequest request, Random random)
    {
        var other = FuzzNames.Pick(Methods, random);
        if (api.MethodsAt(request.Target).Append(request.Operation.Method).Contains(other))
        {
            return false;
        }

        request.Method = other;
        request.IsElsewhere = true;
        return Said(request, other, 405);
    }

    private static bool Place(FuzzRequest request, Random random)
    {
        if (request.IsElsewhere)
        {
            return false;
        }

        if (random.Next(4) == 0)
        {
            var (path, status) = random.Next(3) == 0
                ? (request.Target + "?" + new string('q', 5_000), 414)
                : (FuzzNames.Pick(Elsewhere, random) + request.Target, 404);
            request.Target = path;
            request.IsElsewhere = true;
            return Said(request, "elsewhere", status);
        }

        var steps = request.Target.Split('?')[0].Split('/');
        var named = Enumerable.Range(0, steps.Length)
            .Where(at => request.Operation.Segments[at].StartsWith('{'))
            .ToArray();
        if (named.Length == 0)
        {
            return false;
        }

        var at = FuzzNames.Pick(named, random);
        var isDocumentId = request.Operation.Segments[at] is "{c}" or "{a}";
        steps[at] = isDocumentId
            ? FuzzNames.Pick(BadIds, random)
            : FuzzNames.Pick(["%E7%94%A8", new string('u', 65), "%0a", "%7f", "%ff%fe", "%F0%9F%A7%A7"], random);
        request.Target = string.Join('/', steps);
        return Said(request, $"id {steps[at]}", 404);
    }

    private static bool Key(FuzzRequest request, Random random)
    {
        request.Remove("Idempotency-Key");
        if (!request.Operation.Requires("Idempotency-Key") || random.Next(3) > 0)
        {
            request.Headers.Add(("Idempotency-Key", FuzzNames.Pick(BadKeys, random)));
        }

        return Said(request, "bad key", 400);
    }

    private static bool Match(FuzzRequest request, Random random)
    {
        request.Remove("If-Match");
        if (random.Next(3) == 0)
        {
            return Said(request, "no If-Match", 428);
        }

        request.Headers.Add(("If-Match", FuzzNames.Pick(BadTags, random)));
        return Said(request, "bad If-Match", 412);
    }

    private static bool Said(FuzzRequest request, string what, int status)
    {
        request.Say(what);
        request.Statuses = [status];
        return true;
    }
}
