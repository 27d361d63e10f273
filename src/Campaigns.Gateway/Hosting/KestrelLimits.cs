using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Campaigns.Gateway.Hosting;

/// <summary>Gives Kestrel the bounds of <see cref="LimitOptions"/>.</summary>
public static class KestrelLimits
{
    public static void ApplyCampaignLimits(this KestrelServerOptions kestrel, LimitOptions limits)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        ArgumentNullException.ThrowIfNull(limits);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = limits.Connections;
        kestrel.Limits.MaxRequestLineSize = limits.RequestLine;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.Headers;
        kestrel.Limits.MaxRequestHeaderCount = limits.HeaderCount;
        // Each endpoint has a smaller bound of its own; this one also bounds what is drained after a refusal.
        kestrel.Limits.MaxRequestBodySize = limits.CampaignDocument + 1024 * 1024;
        kestrel.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.Limits.KeepAliveTimeout = limits.KeepAlive;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.BodyRate, limits.BodyGrace);
    }
}
