using System.Text.Json;
using Campaigns.System.Tests.Hosts;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>An operation of the OpenAPI document: what may be sent, and what may come back.</summary>
internal sealed record ApiOperation(string Id, string Method, string Template, JsonElement Json)
{
    public string[] Schemes { get; } =
    [
        .. Json.GetProperty("security").EnumerateArray()
            .SelectMany(requirement => requirement.EnumerateObject())
            .Select(scheme => scheme.Name),
    ];

    public string[] Segments { get; } = Template.Split('/');

    public JsonElement? Body { get; } = Json.TryGetProperty("requestBody", out var body)
        ? body.GetProperty("content").GetProperty("application/json").GetProperty("schema")
        : null;

    /// <summary>True for a campaign document, which the OpenAPI document leaves open.</summary>
    public bool TakesDocument => Body is { } body && body.TryGetProperty("type", out _);

    public bool TakesUsers => Schemes.Contains("user");

    public bool TakesPartners => Schemes.Contains("partner");

    public bool TakesOperators => Schemes.Contains("operator");

    public bool Reads => Method == "GET";

    public bool HasParameter(string name) => Parameter(name) is not null;

    public bool Requires(string name) =>
        Parameter(name) is { } parameter && parameter.TryGetProperty("required", out var required)
        && required.GetBoolean();

    private JsonElement? Parameter(string name) => Json.TryGetProperty("parameters", out var all)
        ? all.EnumerateArray()
            .Where(parameter => parameter.GetProperty("name").GetString() == name)
            .Select(parameter => (JsonElement?)parameter)
            .FirstOrDefault()
        : null;
}

/// <summary>The repository's OpenAPI document; a test of the gateway holds it to the one that is served.</summary>
internal sealed class ApiDocument
{
    public const string ProblemJson = "application/problem+json";

    private readonly JsonElement _root;

    private ApiDocument(JsonElement root)
    {
        _root = root;
        Operations =
        [
            .. root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(
                operation => new ApiOperation(
                    operation.Value.GetProperty("operationId").GetString()!,
                    operation.Name.ToUpperInvariant(),
                    path.Name,
                    operation.Value))),
        ];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public static ApiDocument Load()
    {
        var file = Path.Combine(HostProgram.RepositoryRoot, "docs", "openapi.json");
        return new ApiDocument(JsonDocument.Parse(File.ReadAllText(file)).RootElement);
    }

    /// <summary>The schema itself, where <paramref name="schema"/> is a reference to it.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            var target = _root;
            foreach (var step in reference.GetString()!.TrimStart('#', '/').Split('/'))
            {
                target = target.GetProperty(step);
            }

            schema = target;
        }

        return schema;
    }

    /// <summary>The methods of all operations that a path can mean.</summary>
    public IEnumerable<string> MethodsAt(string path)
    {
        var steps = path.Split('?')[0].Split('/');
        return Operations.Where(operation => operation.Segments.Length == steps.Length
                && operation.Segments.Zip(steps).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second))
            .Select(operation => operation.Method);
    }
}
