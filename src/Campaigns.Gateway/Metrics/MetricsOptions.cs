namespace Campaigns.Gateway.Metrics;

/// <summary>What <c>/metrics</c> shows.</summary>
public sealed class MetricsOptions
{
    /// <summary>Meters whose names begin so are shown.</summary>
    public IList<string> Meters { get; } =
    [
        "Campaigns", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans",
        "System.Runtime", "Npgsql",
    ];

    /// <summary>Label sets of all instruments together; measurements of further ones are counted as dropped.</summary>
    public int Series { get; set; } = 2000;
}
