using System.Buffers;
using System.Text;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Hosting;
using Campaigns.Gateway.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Campaigns.Gateway.Metrics;

/// <summary>Shows the process's metrics to Prometheus; needs no token, so keep it from the public network.</summary>
internal sealed class MetricsEndpoints(MetricsCollector collector) : IEndpointGroup
{
    private static readonly ApiOperation Get = new("getMetrics", "Health", "Metrics in the Prometheus text format")
    {
        IsProbe = true,
        Success = new ApiResponse(200, "The metrics.", null) { MediaType = "text/plain" },
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Audience.None, GetAsync, Get);

    private ValueTask<Answer> GetAsync(HttpContext http, Caller caller) =>
        ValueTask.FromResult<Answer>(new TextAnswer(PrometheusText.Write(collector)));

    private sealed class TextAnswer(string text) : Answer
    {
        public override void Write(HttpContext http)
        {
            http.Response.ContentType = PrometheusText.ContentType;
            http.Response.BodyWriter.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}

/// <summary>Starts listening with the host, before the first request.</summary>
internal sealed class MetricsStart(MetricsCollector collector) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        collector.Collect();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class MetricsServices
{
    public static IServiceCollection AddGatewayMetrics(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<MetricsCollector>()
        .AddHostedService<MetricsStart>();
}
