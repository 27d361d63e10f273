using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;

namespace Campaigns.Gateway.OpenApi;

/// <summary>What the OpenAPI document says of one endpoint; also metadata of the endpoint.</summary>
/// <param name="Id">The operation id: stable, names the call in generated clients.</param>
internal sealed record ApiOperation(string Id, string Tag, string Summary)
{
    public string? Description { get; init; }

    /// <summary>Set by the mapping; None: anyone may call.</summary>
    public Audience Audience { get; init; }

    public ApiBody? Request { get; init; }

    public required ApiResponse Success { get; init; }

    /// <summary>An answer that is neither success nor problem document.</summary>
    public ApiResponse? Failure { get; init; }

    /// <summary>True where the bounds on other requests do not hold.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Refusals beside those that every endpoint of its kind has.</summary>
    public IReadOnlyList<ProblemKind> Refusals { get; init; } = [];

    /// <summary>Headers and query parameters; those of the path are found in the pattern.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];
}

/// <param name="Example">A value of <paramref name="Type"/>, as it would be sent.</param>
internal sealed record ApiBody(Type Type, object Example)
{
    public static ApiBody Of<T>(T example)
        where T : notnull => new(typeof(T), example);
}

/// <param name="Body">Null: no body, or one that is no JSON.</param>
internal sealed record ApiResponse(int Status, string Description, ApiBody? Body)
{
    public const string Json = "application/json";

    public string MediaType { get; init; } = Json;

    /// <summary>Response headers, name to description.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <param name="In">header or query.</param>
internal sealed record ApiParameter(string Name, string In, string Description)
{
    public bool Required { get; init; }

    public bool IsInteger { get; init; }

    public string? Example { get; init; }

    public static ApiParameter Limit { get; } =
        new("limit", "query", "Items on a page, 1 to 200; 50 unless given.") { IsInteger = true, Example = "50" };

    public static ApiParameter Cursor { get; } =
        new("cursor", "query", "The `next` of the page before; absent: the first page.");

    public static ApiParameter RequiredKey { get; } =
        new("Idempotency-Key", "header", "1 to 64 printable ASCII characters. Same key and body: same answer.")
        {
            Required = true, Example = "8f14e45f-ceea-4671-a6f5-1f3d9b0c2a77",
        };

    public static ApiParameter OptionalKey { get; } = RequiredKey with { Required = false };

    public static ApiParameter IfMatch { get; } =
        new("If-Match", "header", "The ETag of the version that is to be replaced.")
        {
            Required = true, Example = "\"1\"",
        };
}
