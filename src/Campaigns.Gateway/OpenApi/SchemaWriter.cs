using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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
    private const string Ours = "Campaigns.";
    private const StringComparison Own = StringComparison.Ordinal;

    /// <summary>Names of schemas: the record's, without View.</summary>
    public static string NameOf(Type type) => type == typeof(ProblemDocument) ? "Problem"
        : type.Name.EndsWith(View, StringComparison.Ordinal) ? type.Name[..^View.Length]
        : type.Name;

    public static string? ReferenceOf(JsonTypeInfo type) =>
        type.Type == typeof(ProblemDocument) || type.Type.Name.EndsWith(View, StringComparison.Ordinal)
            ? NameOf(type.Type)
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && type.Namespace!.StartsWith(Ours, Own))
        {
            // Clients must live with new members of answers; bodies with unknown ones are refused.
            var isBody = type.Name.EndsWith("Body", Own);
            schema.AdditionalPropertiesAllowed = !isBody;
            if (isBody)
            {
                RefuseNull(schema);
            }
            else
            {
                schema.Required = Always(context.JsonTypeInfo);
            }
        }

        return Task.CompletedTask;
    }

    private static void RefuseNull(OpenApiSchema body)
    {
        foreach (var name in body.Required ?? new HashSet<string>())
        {
            ((OpenApiSchema)body.Properties![name]).Type &= ~JsonSchemaType.Null;
        }
    }

    /// <summary>Members that are written even where there is nothing to say.</summary>
    private static HashSet<string> Always(JsonTypeInfo type) =>
    [
        .. type.Properties
            .Where(member => !member.IsGetNullable || IsWrittenAsNull(member))
            .Select(member => member.Name),
    ];

    private static bool IsWrittenAsNull(JsonPropertyInfo member) =>
        member.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is
            [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Never }];
}
