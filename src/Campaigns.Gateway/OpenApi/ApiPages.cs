using Campaigns.Gateway.Bodies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Campaigns.Gateway.OpenApi;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and its pages at <c>/docs</c>.</summary>
internal static class ApiPages
{
    private const string Document = "v1";
    private const string Pages = "/docs";

    public static IServiceCollection AddGatewayOpenApi(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(json =>
        {
            GatewayJson.Configure(json.SerializerOptions).Encoder = GatewayJson.Encoder;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Default);
        });

        // Not chained to the call above: on Orleans the generator of descriptions from comments would not know this
        // one, for it looks before other generators have written what that call names.
        return services.AddOpenApi(Document, options =>
        {
            options.CreateSchemaReferenceId = SchemaWriter.ReferenceOf;
            options.ShouldInclude = _ => true;
            options.AddOperationTransformer<OperationWriter>();
            options.AddSchemaTransformer<SchemaWriter>();
            options.AddDocumentTransformer<DocumentWriter>();
        });
    }

    public static void UseApiPages(this WebApplication app)
    {
        app.MapOpenApi("/openapi/v1.json").Add(
            endpoint => endpoint.RequestDelegate = new KeptPage(endpoint.RequestDelegate!).InvokeAsync);
        // A branch of its own: its middleware would else be one more step of every draw.
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(Pages, StringComparison.OrdinalIgnoreCase),
            pages => pages.UseSwaggerUI(options =>
            {
                options.RoutePrefix = Pages[1..];
                options.DocumentTitle = "Campaigns";
                options.SwaggerEndpoint("/openapi/v1.json", "Campaigns v1");
            }));
    }
}
