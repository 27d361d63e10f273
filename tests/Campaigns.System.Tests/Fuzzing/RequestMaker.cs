using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Campaigns.Gateway.Tests.BadRequests;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>Makes the request of a case: the same seed and case, the same request, whatever happened before.</summary>
internal sealed class RequestMaker(ApiDocument api, TestTokens tokens, ulong seed)
{
    /// <summary>Cases come in rounds: some of a campaign night, some close to good, the rest broken.</summary>
    public const int Round = 500;

    public const int NightOfRound = 30;
    public const int NearOfRound = 50;

    private const string Json = "application/json";

    private readonly BodyMaker _bodies = new(api);
    private readonly Breaker _breaker = new(api, tokens);
    private readonly Twister _twister = new(tokens);

    public FuzzRequest Make(int number)
    {
        var random = RandomOf(number);
        var place = number % Round;
        if (place < NightOfRound)
        {
            return Good(Pick(_night, random), random, number).Sent(random);
        }

        if (place < NightOfRound + NearOfRound)
        {
            var near = Good(FuzzNames.Pick(api.Operations, random), random, number);
            _twister.Twist(near, random);
            return near.Sent(random);
        }

        var made = Good(FuzzNames.Pick(api.Operations, random), random, number);
        if (made.Request.Operation.Reads && random.Next(6) == 0)
        {
            made.Request.Expected = Expectation.Read;
            return made.Sent(random);
        }

        made.Request.Expected = Expectation.Refused;
        _breaker.Break(made, _bodies, random);
        return made.Sent(random);
    }

    private readonly ApiOperation[] _night =
    [
        .. api.Operations.SelectMany(operation => Enumerable.Repeat(operation, operation.Id switch
        {
            "draw" or "checkIn" or "reserveDiscount" => 6,
            _ when operation.Reads => 1,
            _ => 3,
        })),
    ];

    /// <summary>Mixes seed and case so that neighbours have nothing in common (SplitMix64).</summary>
    private Random RandomOf(int number)
    {
        var mixed = unchecked(seed + ((ulong)number * 0x9E3779B97F4A7C15));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return new Random((int)(mixed >> 33));
    }

    private MadeRequest Good(ApiOperation operation, Random random, int number)
    {
        var request = new FuzzRequest(operation);
        var names = new Dictionary<string, string>
        {
            ["{c}"] = operation.TakesOperators ? Campaign(operation, random) : FuzzNames.Live(random),
            ["{a}"] = Activity(operation, random),
            ["{u}"] = Uri.EscapeDataString(FuzzNames.User(random)),
            ["{orderId}"] = Uri.EscapeDataString(FuzzNames.Order(random)),
        };
        request.Target = string.Join('/', operation.Segments.Select(step => names.GetValueOrDefault(step, step)));
        if (operation.HasParameter("limit") && random.Next(2) == 0)
        {
            request.Target += $"?limit={random.Next(1, 201)}";
        }

        if (operation.Schemes.Length > 0)
        {
            request.Headers.Add(("Authorization", "Bearer " + Token(operation, random)));
        }

        if (operation.HasParameter("Idempotency-Key") && (operation.Requires("Idempotency-Key") || random.Next(2) == 0))
        {
            request.Headers.Add(("Idempotency-Key", FuzzNames.Key(random)));
        }

        if (operation.HasParameter("If-Match"))
        {
            request.Headers.Add(("If-Match", $"\"{random.Next(1, 4)}\""));
        }

        var body = new FuzzJson();
        if (operation.TakesDocument)
        {
            var document = JsonNode.Parse(FuzzScene.Document(names["{c}"]))!.AsObject();
            foreach (var (name, value) in document)
            {
                body.Members.Add((name, value!.ToJsonString()));
            }
        }
        else if (operation.Body is { } schema)
        {
            body = _bodies.Good(schema, random);
        }

        request.Say($"case {number.ToString(CultureInfo.InvariantCulture)} {operation.Id}");
        return new MadeRequest(request, body);
    }

    private string Token(ApiOperation operation, Random random) =>
        operation.TakesUsers ? tokens.Sign(Facts(tokens.Claims("user", FuzzNames.User(random)), random))
        : operation.TakesOperators ? tokens.Operator(random.Next(2) == 0 ? "olga" : "oscar")
        : tokens.Partner();

    private static JsonObject Facts(JsonObject claims, Random random)
    {
        if (random.Next(2) == 0)
        {
            claims["facts"] = new JsonObject { ["card-bound"] = true };
            claims["factsVersion"] = random.Next(1, 5);
        }

        return claims;
    }

    /// <summary>The night stays live: only the other campaign is paused, and only drafts are ended.</summary>
    private static string Campaign(ApiOperation operation, Random random) =>
        operation.Template.EndsWith("/pause", StringComparison.Ordinal)
            || operation.Template.EndsWith("/resume", StringComparison.Ordinal)
            ? random.Next(3) == 0 ? FuzzNames.Draft(random) : FuzzScene.Side
            : operation.Reads && random.Next(2) == 0 ? FuzzScene.Night
            : FuzzNames.Draft(random);

    private static string Activity(ApiOperation operation, Random random) =>
        operation.Template.EndsWith("/draws", StringComparison.Ordinal)
            ? FuzzNames.Pick(["rain", "scan", "card"], random)
            : operation.Template.EndsWith("/exchanges", StringComparison.Ordinal) ? "swap"
            : "daily";

    private static ApiOperation Pick(ApiOperation[] from, Random random) => FuzzNames.Pick(from, random);

    /// <summary>The three headers of a partner's signature in place of the token.</summary>
    public static void Sign(FuzzRequest request, long timestamp, byte[] secret)
    {
        request.Remove("Authorization");
        request.Headers.AddRange(TestTokens.Signature(
            Scene.PartnerKeyId, secret, timestamp, request.Method, request.Target, request.Body));
    }

    public static void AddType(FuzzRequest request)
    {
        if (request.Body.Length > 0 && !request.Headers.Exists(header => header.Name == "Content-Type"))
        {
            request.Headers.Add(("Content-Type", Json));
        }
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

/// <summary>A request whose body is still to be written; then what has to see the body's bytes is done to it.</summary>
internal sealed class MadeRequest(FuzzRequest request, FuzzJson body)
{
    private readonly List<Action<FuzzRequest>> _last = [];

    public FuzzRequest Request => request;

    public FuzzJson Body => body;

    /// <summary>Instead of the members.</summary>
    public string? Text { get; set; }

    public void Last(Action<FuzzRequest> change) => _last.Add(change);

    public FuzzRequest Sent(Random random)
    {
        request.Body = request.Operation.Body is null && Text is null
            ? []
            : RequestMaker.Utf8(Text ?? body.Text(random));
        RequestMaker.AddType(request);
        foreach (var change in _last)
        {
            change(request);
        }

        return request;
    }
}
