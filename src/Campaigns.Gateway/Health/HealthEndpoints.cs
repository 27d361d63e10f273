using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.Hosting;
using Campaigns.Gateway.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Campaigns.Gateway.Health;

/// <param name="Status">up or down.</param>
internal sealed record HealthView(string Status, string? Reason = null);

/// <summary>Probes: has it started, may it get requests, does it live.</summary>
internal sealed class HealthEndpoints(
    IReadiness host, CampaignCache<CampaignSummary> campaigns, Deadline deadline) : IEndpointGroup
{
    private static readonly HealthView Up = new("up");

    /// <summary>
    /// Latched: the database is the same for all. If each host left its balancer while it is away, clients would find
    /// nobody; who stays answers 503 with Retry-After.
    /// </summary>
    private volatile bool _confirmed;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/startup", Audience.None, StartupAsync, Api("getStartup", "Has the host started"));
        routes.MapGet("/health/ready", Audience.None, ReadyAsync, Api("getReady", "May it get requests"));
        routes.MapGet("/health/live", Audience.None, LiveAsync, Api("getLive", "Does the process answer"));
    }

    private static ApiOperation Api(string id, string summary) => new(id, "Health", summary)
    {
        IsProbe = true,
        Success = new ApiResponse(200, "Yes.", ApiBody.Of(Up)),
        Failure = new ApiResponse(503, "No, and why.", ApiBody.Of(new HealthView("down", "The host is starting."))),
    };

    private ValueTask<Answer> StartupAsync(HttpContext http, Caller caller) =>
        ValueTask.FromResult<Answer>(Say(host.HasStarted ? null : "The host is starting."));

    private async ValueTask<Answer> ReadyAsync(HttpContext http, Caller caller)
    {
        if (!host.HasStarted)
        {
            return Say("The host is starting.");
        }

        if (await host.WhyNotReadyAsync(http.RequestAborted) is { } reason)
        {
            return Say(reason);
        }

        if (_confirmed)
        {
            return Say(null);
        }

        try
        {
            await deadline.For(campaigns.AllAsync());
            _confirmed = true;
            return Say(null);
        }
        catch (Exception failure) when (failure is StaleCacheException or TimeoutException)
        {
            return Say("The list of campaigns cannot be confirmed.");
        }
    }

    private ValueTask<Answer> LiveAsync(HttpContext http, Caller caller) => ValueTask.FromResult<Answer>(Say(null));

    private static JsonAnswer<HealthView> Say(string? whyNot) => new JsonAnswer<HealthView>(
        whyNot is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
        whyNot is null ? Up : new HealthView("down", whyNot),
        GatewayJson.Strict.HealthView);
}
