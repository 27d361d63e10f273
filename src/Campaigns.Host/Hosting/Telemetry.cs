using System.Diagnostics;
using Campaigns.Host.Settings;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Campaigns.Host.Hosting;

/// <summary>
/// Sends metrics and traces to a collector. Orleans' own spans are not among them: they name the grain, and with it the
/// user.
/// </summary>
internal static class Telemetry
{
    private static readonly string[] Meters =
    [
        "Campaigns.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime", "Npgsql",
    ];

    private static readonly string[] Sources = ["Campaigns.*", "Microsoft.AspNetCore"];

    /// <param name="role">up, silo or gateway.</param>
    public static void AddTelemetry(this WebApplicationBuilder builder, TelemetrySettings settings, string role)
    {
        if (settings.Otlp is null)
        {
            return;
        }

        if (!Uri.TryCreate(settings.Otlp, UriKind.Absolute, out var collector) || settings.TraceRatio > 1)
        {
            throw new HostException(
                "Campaigns:Telemetry: Otlp is an address like http://collector:4318, TraceRatio goes from 0 to 1.");
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("campaigns-" + role))
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter((exporter, reader) =>
            {
                Send(exporter, new Uri(collector, "/v1/metrics"));
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds =
                    (int)settings.Interval.TotalMilliseconds;
            }))
            .WithTracing(traces => traces
                .AddSource(Sources)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.TraceRatio)))
                .AddOtlpExporter(exporter => Send(exporter, new Uri(collector, "/v1/traces"))));
    }

    /// <summary>Names a request's span by its route: the path itself may hold a user's id.</summary>
    public static void UseRequestSpans(this WebApplication app) => app.Use(async (http, next) =>
    {
        var span = Activity.Current;
        await next(http);
        if (span is not null)
        {
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            span.DisplayName = $"{http.Request.Method} {route}";
            span.SetTag("http.route", route);
            span.SetTag("http.response.status_code", http.Response.StatusCode);
        }
    });

    private static void Send(OtlpExporterOptions exporter, Uri endpoint) =>
        (exporter.Endpoint, exporter.Protocol) = (endpoint, OtlpExportProtocol.HttpProtobuf);
}
