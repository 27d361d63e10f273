using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Campaigns.Gateway.OpenApi;

/// <summary>The document's title, tags and security schemes.</summary>
internal sealed class DocumentWriter : IOpenApiDocumentTransformer
{
    public const string UserScheme = "user";
    public const string OperatorScheme = "operator";
    public const string PartnerScheme = "partner";
    public const string SignatureScheme = "partnerSignature";

    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Campaigns",
            Version = "v1",
            Description = "Flash campaigns: check-ins, red packets, discounts. Money is in minor units (fen), times "
                + "are RFC 3339. Errors are problem details with a stable `code`.",
        };
        document.Servers = [];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Campaigns", Description = "Public views; no token needed" },
            new() { Name = "Check-ins" },
            new() { Name = "Draws" },
            new() { Name = "Me", Description = "The calling user's own account" },
            new() { Name = "Partners", Description = "What partners tell about users" },
            new() { Name = "Discounts", Description = "Orders, from quote to refund" },
            new() { Name = "Operators" },
            new() { Name = "Health", Description = "Probes and metrics; no token needed" },
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [UserScheme] = Bearer("campaigns:user"),
            [OperatorScheme] = Bearer("campaigns:operator"),
            [PartnerScheme] = Bearer("campaigns:partner"),
            [SignatureScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-Campaigns-Signature",
                Description = "With `X-Campaigns-Key-Id` and `X-Campaigns-Timestamp` (Unix seconds, within 300 s): "
                    + "lower-case hexadecimal HMAC-SHA256 of timestamp LF METHOD LF path-with-query LF raw body.",
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme Bearer(string audience) => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = "JWT",
        Description = $"A JWT with the audience `{audience}`.",
    };
}
