namespace Campaigns.Host.Settings;

/// <summary>Section <c>Campaigns:Telemetry</c>: export by OTLP over HTTP.</summary>
internal sealed class TelemetrySettings
{
    /// <summary>Base address of a collector, <c>http://collector:4318</c>; null: nothing is sent.</summary>
    public string? Otlp { get; set; }

    /// <summary>Between two exports of the metrics.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Share of the traces that are sent: in a burst even one in a hundred are hundreds per second.</summary>
    public double TraceRatio { get; set; } = 0.01;
}
