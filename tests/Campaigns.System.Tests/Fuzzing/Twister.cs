using System.Text.Json.Nodes;
using Campaigns.Gateway.Tests.BadRequests;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>
/// Changes that leave a request within the contract, or at its very edge: odd but allowed forms, names that others own,
/// limits met exactly. The answer may be anything that the document names.
/// </summary>
internal sealed class Twister(TestTokens tokens)
{
    private static readonly string[] Roles = ["planner", "approver", "finance", "support", "auditor", "king"];

    public void Twist(MadeRequest made, Random random)
    {
        var request = made.Request;
        var operation = request.Operation;
        switch (random.Next(8))
        {
            case 0 when operation.TakesPartners:
                made.Last(sent => RequestMaker.Sign(sent, tokens.Now - random.Next(-200, 200), Scene.PartnerSecret));
                request.Say("signed");
                break;
            case 1 when operation.Body is not null:
                made.Last(sent => sent.Chunks = [random.Next(1, 9), random.Next(1, 400)]);
                made.Last(sent => sent.Trailer = random.Next(2) == 0 ? "" : "X-Late: 1\r\n");
                request.Say("chunked");
                break;
            case 2 when operation.TakesOperators:
                Replace(request, tokens.Operator("olga", FuzzNames.Pick(Roles, random)));
                request.Say("one role");
                break;
            case 3 when operation.TakesUsers:
                Replace(request, tokens.Sign(OddClaims(tokens.Claims("user", FuzzNames.User(random)), random)));
                request.Say("odd claims");
                break;
            case 4 when operation.TakesDocument:
                Prune(made, random);
                break;
            case 5 when made.Body.Members.Count > 0 && !operation.TakesDocument:
                Edge(made, random);
                break;
            case 6:
                request.Target = Elsewhere(request.Target, random);
                request.Say("somebody else's");
                break;
            default:
                request.Headers.Add(FuzzNames.Pick(
                    [("Expect", "100-continue"), ("Accept", "text/html;q=0"), ("X-HTTP-Method-Override", "DELETE"),
                    ("Cookie", "a=b"), ("If-None-Match", "*"), ("Range", "bytes=0-0"), ("X-Forwarded-For", "::1")],
                    random));
                request.Say("odd header");
                break;
        }
    }

    private static void Replace(FuzzRequest request, string token)
    {
        request.Remove("Authorization");
        request.Headers.Add(("Authorization", "Bearer " + token));
    }

    private static JsonObject OddClaims(JsonObject claims, Random random)
    {
        claims["facts"] = random.Next(5) switch
        {
            0 => new JsonArray(1),
            1 => new JsonObject { ["card-bound"] = new JsonObject { ["a"] = 1 } },
            2 => new JsonObject { ["A B"] = 1, ["n"] = 1.5, ["card-bound"] = "\u7528" },
            3 => "x",
            _ => new JsonObject { ["card-bound"] = true, ["big"] = long.MaxValue },
        };
        claims["factsVersion"] = FuzzNames.Pick<JsonNode?>([-1, 1.5, "1", long.MaxValue, 0, null], random);
        return claims;
    }

    /// <summary>Takes a node out of a document, or puts another in its place.</summary>
    private static void Prune(MadeRequest made, Random random)
    {
        var at = random.Next(made.Body.Members.Count);
        var (name, raw) = made.Body.Members[at];
        var node = JsonNode.Parse(raw);
        var inner = node is JsonArray { Count: > 0 } list ? list[random.Next(list.Count)] : node;
        if (inner is JsonObject { Count: > 0 } members)
        {
            var member = members.ElementAt(random.Next(members.Count)).Key;
            JsonNode?[] others = [null, -1, 0, 1e15, "", "\u7528", true, new JsonArray(), new JsonObject(), "PT0S"];
            if (random.Next(3) == 0)
            {
                members.Remove(member);
            }
            else
            {
                members[member] = FuzzNames.Pick(others, random);
            }

            made.Request.Say($"document {name}.{member}");
        }

        made.Body.Members[at] = (name, node!.ToJsonString());
    }

    private static void Edge(MadeRequest made, Random random)
    {
        var (name, raw) = FuzzNames.Pick(made.Body.Members, random);
        var edge = raw.StartsWith('"')
            ? FuzzNames.Pick(
                [$"\"{new string('z', 64)}\"", "\" \"", "\"~\"", "\"\\u006f-1\"", "\"a/b\"", "null"], random)
            : FuzzNames.Pick(["-0", "0", "1", "1000000000000", "9223372036854775807", "null", "true"], random);
        made.Body.Set(name, edge);
        made.Request.Say($"{name} {edge}");
    }

    private static string Elsewhere(string target, Random random)
    {
        string[] others = ["nobody", "night", "o-1", "u-1", "rain", "dinner", "daily", "%2F", "%25", "a%2fb", "%7e"];
        var steps = target.Split('?')[0].Split('/');
        // The words of the paths themselves stay; what is named last may be anybody's.
        var own = Array.FindLastIndex(steps, step => step.Contains('-', StringComparison.Ordinal)
            && step is not "check-ins");
        if (own > 0)
        {
            steps[own] = FuzzNames.Pick(others, random);
        }

        return string.Join('/', steps);
    }
}
