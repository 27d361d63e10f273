using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.OpenApi;
using Campaigns.Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Campaigns.Gateway.Tests.OpenApi;

public sealed class OpenApiTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    /// <summary>Set to 1 it writes docs/openapi.json anew instead of comparing.</summary>
    private const string Update = "CAMPAIGNS_UPDATE_OPENAPI";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task Document_IsTheCommittedOne()
    {
        var file = Path.Combine(Repository.Root, "docs", "openapi.json");
        var served = (await DocumentAsync()).ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(file, served);
        }

        (await File.ReadAllTextAsync(file)).ShouldBe(
            served, $"run this test with {Update}=1 to write docs/openapi.json anew");
    }

    [Fact]
    public async Task EveryEndpoint_IsDescribed_WithAnOperationIdOfItsOwn()
    {
        var document = await DocumentAsync();
        var described = Operations(document).ToArray();

        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null)
            .Select(endpoint => endpoint.Metadata.GetRequiredMetadata<ApiOperation>().Id)
            .ToArray();
        described.Select(operation => (string?)operation["operationId"]).ShouldBe(mapped, ignoreOrder: true);
        mapped.ShouldBeUnique();
    }

    [Fact]
    public async Task EveryOperation_HasExamplesCodesAndSecurity()
    {
        var document = await DocumentAsync();
        foreach (var operation in Operations(document))
        {
            var id = (string?)operation["operationId"];
            ((string?)operation["summary"]).ShouldNotBeNullOrEmpty(id);
            foreach (var (status, response) in operation["responses"]!.AsObject())
            {
                var content = response!["content"]!.AsObject().Single();
                if (content.Key == "application/problem+json")
                {
                    foreach (var code in content.Value!["examples"]!.AsObject().Select(example => example.Key))
                    {
                        var example = document["components"]!["examples"]![code]!["value"]!;
                        ((string?)example["code"], (int?)example["status"]).ShouldBe((code, int.Parse(status)), id);
                    }
                }
                else if (content.Key == "application/json")
                {
                    content.Value!["example"].ShouldNotBeNull(id);
                    content.Value["schema"].ShouldNotBeNull(id);
                }
            }

            if (operation["requestBody"]?["content"]!["application/json"] is { } body)
            {
                var isEmpty = (string?)body["schema"]!["$ref"] == "#/components/schemas/EmptyBody";
                (body["example"] is not null || isEmpty).ShouldBeTrue(id);
            }

            var isPublic = (string?)operation["tags"]![0] is "Campaigns" or "Health";
            (operation["security"]?.AsArray().Count > 0).ShouldBe(!isPublic, id);
        }
    }

    [Fact]
    public void Examples_AreWhatTheirTypesReadAndWrite()
    {
        var operations = host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>())
            .OfType<ApiOperation>()
            .ToArray();
        var bodies = operations.Select(operation => operation.Request)
            .Concat(operations.Select(operation => operation.Success.Body))
            .OfType<ApiBody>();
        foreach (var body in bodies)
        {
            var type = GatewayJson.Strict.GetTypeInfo(body.Type).ShouldNotBeNull();
            var written = JsonSerializer.SerializeToUtf8Bytes(body.Example, type);

            JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(written, type), type).ShouldBe(written);
        }
    }

    [Fact]
    public async Task References_PointAtSomething()
    {
        var document = await DocumentAsync();
        foreach (var reference in References(document))
        {
            JsonNode? target = document;
            foreach (var step in reference.TrimStart('#', '/').Split('/'))
            {
                target = target?[step];
            }

            target.ShouldNotBeNull(reference);
        }
    }

    [Fact]
    public async Task Pages_AreServedWithoutTheInternet()
    {
        var page = await host.Client.GetAsync("/docs/index.html");

        page.Status.ShouldBe(200);
        page.Text.ShouldNotContain("https://");
        (await host.Client.GetAsync("/docs/swagger-ui-bundle.js")).Status.ShouldBe(200);
        (await host.Client.GetAsync("/docs")).Status.ShouldBe(301);
    }

    private async Task<JsonNode> DocumentAsync()
    {
        var answer = await host.Client.GetAsync("/openapi/v1.json");
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json;
    }

    private static IEnumerable<JsonNode> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "$ref", Value: JsonValue value }
            ? [value.GetValue<string>()]
            : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
