using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Campaigns.Gateway.OpenApi;

/// <summary>Writes an endpoint's <see cref="ApiOperation"/> into the OpenAPI document.</summary>
internal sealed partial class OperationWriter : IOpenApiOperationTransformer
{
    private const string ProblemJson = "application/problem+json";

    private static readonly Dictionary<string, (string Description, string Example)> PathParameters = new()
    {
        ["c"] = ("Id of a campaign.", "ny2027"),
        ["a"] = ("Id of an activity.", "rain"),
        ["u"] = ("Id of a user: 1 to 64 printable ASCII characters.", "u-1001"),
        ["orderId"] = ("Id of an order, within the partner: 1 to 64 printable ASCII characters.", "o-77"),
    };

    /// <summary>Lets the framework write the schemas of an operation's answers.</summary>
    public static IEnumerable<object> Answers(ApiOperation api)
    {
        yield return Produces(api.Success);
        if (api.Failure is { } failure)
        {
            yield return Produces(failure);
        }

        foreach (var status in Refusals(api).Select(kind => kind.Status).Distinct())
        {
            yield return new ProducesResponseTypeMetadata(status, typeof(ProblemDocument), [ProblemJson]);
        }
    }

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<ApiOperation>().FirstOrDefault() is not { } api)
        {
            return;
        }

        operation.OperationId = api.Id;
        operation.Summary = api.Summary;
        operation.Description = api.Description;
        operation.Tags = new HashSet<OpenApiTagReference> { new(api.Tag, context.Document) };
        operation.Security = Security(api.Audience, context.Document);
        operation.Parameters = [.. PathOf(context).Concat(api.Parameters.Select(Parameter))];
        operation.RequestBody = api.Request is { } request
            ? await RequestAsync(request, context, cancellationToken)
            : null;
        var responses = operation.Responses!;
        Describe(Response(responses, api.Success.Status), api.Success);
        if (api.Failure is { } failure)
        {
            Describe(Response(responses, failure.Status), failure);
        }

        foreach (var status in Refusals(api).GroupBy(kind => kind.Status))
        {
            Describe(Response(responses, status.Key), [.. status.DistinctBy(kind => kind.Code)], context.Document!);
        }
    }

    private static async Task<OpenApiRequestBody> RequestAsync(
        ApiBody request, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var isDocument = request.Type == typeof(JsonElement);
        return new OpenApiRequestBody
        {
            Required = isDocument,
            Description = isDocument ? "A campaign document." : "An empty body means `{}`.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ApiResponse.Json] = new()
                {
                    Schema = await SchemaAsync(request.Type, context, cancellation), Example = Json(request),
                },
            },
        };
    }

    /// <summary>What an endpoint may refuse because of its kind, and what it adds.</summary>
    private static IEnumerable<ProblemKind> Refusals(ApiOperation api)
    {
        if (api.IsProbe)
        {
            return [];
        }

        IEnumerable<ProblemKind> refusals = api.Refusals;
        if (api.Request is not null)
        {
            refusals = refusals.Concat([ProblemKind.Malformed, ProblemKind.Invalid]);
        }

        if (api.Request is not null || api.Audience == Audience.Partner)
        {
            // A signature covers a body that is not asked for, too.
            refusals = refusals.Concat(
            [
                ProblemKind.RequestTimeout, ProblemKind.ContentTooLarge, ProblemKind.UnsupportedMediaType,
            ]);
        }

        if (api.Parameters.Count > 0)
        {
            refusals = refusals.Append(ProblemKind.Invalid);
        }

        if (api.Audience != Audience.None)
        {
            refusals = refusals.Append(ProblemKind.Unauthenticated);
        }

        return refusals.Append(ProblemKind.Overloaded);
    }

    private static IEnumerable<IOpenApiParameter> PathOf(OpenApiOperationTransformerContext context) =>
        PathParameter().Matches(context.Description.RelativePath ?? "").Select(match => match.Groups[1].Value).Select(
            name => new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Description = PathParameters[name].Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = PathParameters[name].Example,
            });

    private static OpenApiParameter Parameter(ApiParameter parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.In == "header" ? ParameterLocation.Header : ParameterLocation.Query,
        Required = parameter.Required,
        Description = parameter.Description,
        Schema = parameter.IsInteger
            ? new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "200", Default = 50 }
            : new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1 },
        Example = parameter.IsInteger ? JsonNode.Parse(parameter.Example!) : parameter.Example,
    };

    private static ProducesResponseTypeMetadata Produces(ApiResponse response) =>
        new(response.Status, response.Body?.Type ?? typeof(string), [response.MediaType]);

    private static OpenApiResponse Response(OpenApiResponses responses, int status) =>
        (OpenApiResponse)responses[status.ToString(CultureInfo.InvariantCulture)];

    private static void Describe(OpenApiResponse response, ApiResponse described)
    {
        response.Description = described.Description;
        response.Headers = described.Headers.ToDictionary(
            header => header.Key, header => (IOpenApiHeader)Header(header.Value));
        if (described.Body is { } body)
        {
            response.Content![described.MediaType].Example = Json(body);
        }
    }

    private static void Describe(OpenApiResponse response, ProblemKind[] kinds, OpenApiDocument document)
    {
        foreach (var kind in kinds)
        {
            document.AddComponent<IOpenApiExample>(
                kind.Code, new OpenApiExample { Summary = kind.Title, Value = ProblemExample.Of(kind) });
        }

        response.Description = string.Join(", ", kinds.Select(kind => $"`{kind.Code}`"));
        response.Content![ProblemJson].Examples = kinds.ToDictionary(
            kind => kind.Code, kind => (IOpenApiExample)new OpenApiExampleReference(kind.Code, document));
        if (kinds.Contains(ProblemKind.Overloaded))
        {
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = Header("Seconds to wait.") };
        }
    }

    private static OpenApiHeader Header(string description) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static JsonNode? Json(ApiBody body) =>
        JsonSerializer.SerializeToNode(body.Example, body.Type, GatewayJson.Strict);

    private static async Task<IOpenApiSchema> SchemaAsync(
        Type type, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var schema = await context.GetOrCreateSchemaAsync(type, null, cancellation);
        if (type == typeof(JsonElement))
        {
            schema.Type = JsonSchemaType.Object;
            return schema;
        }

        var name = SchemaWriter.NameOf(type);
        context.Document!.AddComponent(name, schema);
        return new OpenApiSchemaReference(name, context.Document);
    }

    private static List<OpenApiSecurityRequirement> Security(Audience audience, OpenApiDocument? document)
    {
        string[] schemes = audience switch
        {
            Audience.User => [DocumentWriter.UserScheme],
            Audience.Operator => [DocumentWriter.OperatorScheme],
            Audience.Partner => [DocumentWriter.PartnerScheme, DocumentWriter.SignatureScheme],
            _ => [],
        };
        return
        [
            .. schemes.Select(scheme => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(scheme, document)] = [],
            }),
        ];
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();
}
