using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Campaigns.Gateway.OpenApi;

/// <summary>Writes an endpoint's <see cref="ApiOperation"/> into the OpenAPI document.</summary>
internal sealed partial class OperationWriter : IOpenApiOperationTransformer
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    private static readonly Dictionary<string, (string Description, string Example)> PathParameters = new()
    {
        ["c"] = ("Id of a campaign.", "ny2027"),
        ["a"] = ("Id of an activity.", "rain"),
        ["u"] = ("Id of a user: 1 to 64 printable ASCII characters.", "u-1001"),
        ["orderId"] = ("Id of an order, within the partner: 1 to 64 printable ASCII characters.", "o-77"),
    };

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
        operation.Responses = new OpenApiResponses
        {
            [Key(api.Success.Status)] = await SuccessAsync(api.Success, context, cancellationToken),
        };
        foreach (var status in Refusals(api).GroupBy(kind => kind.Status).OrderBy(group => group.Key))
        {
            operation.Responses[Key(status.Key)] =
                await RefusalAsync([.. status.DistinctBy(kind => kind.Code)], context, cancellationToken);
        }
    }

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static async Task<OpenApiRequestBody> RequestAsync(
        ApiBody request, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var isDocument = request.Type == typeof(JsonElement);
        return new OpenApiRequestBody
        {
            Required = isDocument,
            Description = isDocument ? "A campaign document." : "An empty body means `{}`.",
            Content = await ContentAsync(Json, request, context, cancellation),
        };
    }

    /// <summary>What an endpoint may refuse because of its kind, and what it adds.</summary>
    private static IEnumerable<ProblemKind> Refusals(ApiOperation api)
    {
        IEnumerable<ProblemKind> refusals = api.Refusals;
        if (api.Request is not null)
        {
            refusals = refusals.Concat(
            [
                ProblemKind.Malformed, ProblemKind.Invalid, ProblemKind.RequestTimeout, ProblemKind.ContentTooLarge,
                ProblemKind.UnsupportedMediaType,
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

    private static async Task<OpenApiResponse> SuccessAsync(
        ApiResponse success, OpenApiOperationTransformerContext context, CancellationToken cancellation) => new()
    {
        Description = success.Description,
        Headers = success.Headers.ToDictionary(header => header.Key, header => (IOpenApiHeader)Header(header.Value)),
        Content = success.Body is not null
            ? await ContentAsync(Json, success.Body, context, cancellation)
            : new Dictionary<string, OpenApiMediaType>
            {
                [success.MediaType!] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
    };

    private static async Task<OpenApiResponse> RefusalAsync(
        ProblemKind[] kinds, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var content = new OpenApiMediaType
        {
            Schema = await SchemaAsync(typeof(ProblemDocument), context, cancellation),
            Examples = kinds.ToDictionary(kind => kind.Code, kind => (IOpenApiExample)new OpenApiExample
            {
                Summary = kind.Title, Value = ProblemExample.Of(kind),
            }),
        };
        return new OpenApiResponse
        {
            Description = string.Join(", ", kinds.Select(kind => $"`{kind.Code}`")),
            Headers = kinds.Contains(ProblemKind.Overloaded)
                ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = Header("Seconds to wait.") }
                : null,
            Content = new Dictionary<string, OpenApiMediaType> { [ProblemJson] = content },
        };
    }

    private static OpenApiHeader Header(string description) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static async Task<Dictionary<string, OpenApiMediaType>> ContentAsync(
        string mediaType, ApiBody body, OpenApiOperationTransformerContext context, CancellationToken cancellation) =>
        new()
        {
            [mediaType] = new OpenApiMediaType
            {
                Schema = await SchemaAsync(body.Type, context, cancellation),
                Example = JsonSerializer.SerializeToNode(body.Example, body.Type, GatewayJson.Strict),
            },
        };

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
