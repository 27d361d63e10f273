using Campaigns.Gateway.Answers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Campaigns.Gateway.OpenApi;

/// <summary>
/// Says of schemas what the serialiser's metadata does not: closed bodies, and no nulls where members are left out.
/// </summary>
internal sealed class SchemaWriter : IOpenApiSchemaTransformer
{
    private const string View = "View";

    /// <summary>Names of schemas: the record's, without View.</summary>
    public static string NameOf(Type type) => type == typeof(ProblemDocument) ? "Problem"
        : type.Name.EndsWith(View, StringComparison.Ordinal) ? type.Name[..^View.Length]
        : type.Name;

    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (context.JsonPropertyInfo is null && type.Name.EndsWith("Body", StringComparison.Ordinal))
        {
            schema.AdditionalPropertiesAllowed = false;
        }

        return Task.CompletedTask;
    }
}
