using Campaigns.Contracts;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Draws;
using Campaigns.Gateway.Hosting;
using Campaigns.Gateway.Metrics;

namespace Campaigns.Gateway;

/// <summary>All settings of a gateway; section <c>Campaigns:Gateway</c> of the host's configuration.</summary>
public sealed class GatewayOptions
{
    public AuthOptions Auth { get; set; } = new();

    public LimitOptions Limits { get; set; } = new();

    public DrawOptions Draws { get; set; } = new();

    public CampaignCacheOptions Cache { get; set; } = new();

    public MetricsOptions Metrics { get; set; } = new();
}
