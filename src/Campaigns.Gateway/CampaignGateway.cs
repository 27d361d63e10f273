using Campaigns.Contracts;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.CampaignViews;
using Campaigns.Gateway.CheckIns;
using Campaigns.Gateway.Draws;
using Campaigns.Gateway.Exchanges;
using Campaigns.Gateway.Health;
using Campaigns.Gateway.Hosting;
using Campaigns.Gateway.Me;
using Campaigns.Gateway.Metrics;
using Campaigns.Gateway.OpenApi;
using Campaigns.Gateway.Ops;
using Campaigns.Gateway.PartnerDiscounts;
using Campaigns.Gateway.PartnerFacts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Campaigns.Gateway;

/// <summary>
/// The HTTP front of the campaigns: a host adds the services, gives its Kestrel the limits
/// (<see cref="KestrelLimits.ApplyCampaignLimits"/>), maps the endpoints and brings an <see cref="IGrainFactory"/>.
/// </summary>
public static class CampaignGateway
{
    /// <param name="configuration">The section with the members of <see cref="GatewayOptions"/>.</param>
    /// <param name="configure">Has the last word.</param>
    public static IServiceCollection AddCampaignGateway(
        this IServiceCollection services, IConfiguration configuration, Action<GatewayOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddCampaignGateway(options =>
        {
            configuration.Bind(options);
            configure?.Invoke(options);
        });
    }

    public static IServiceCollection AddCampaignGateway(
        this IServiceCollection services, Action<GatewayOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new GatewayOptions();
        configure(options);
        return services.AddCampaignGateway(options);
    }

    public static IServiceCollection AddCampaignGateway(this IServiceCollection services, GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IReadiness, AlwaysReady>();
        return services
            .AddSingleton(options.Auth)
            .AddSingleton(options.Limits)
            .AddSingleton(options.Draws)
            .AddSingleton(options.Cache)
            .AddSingleton(options.Metrics)
            .AddCallers()
            .AddCampaigns()
            .AddEndpoints()
            .AddGatewayMetrics()
            .AddGatewayOpenApi();
    }

    /// <summary>Probes and metrics alone, for a process whose grains others call.</summary>
    public static IServiceCollection AddCampaignProbes(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new GatewayOptions();
        configuration.Bind(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IReadiness, AlwaysReady>();
        return services
            .AddSingleton(options.Limits)
            .AddSingleton(options.Cache)
            .AddSingleton(options.Metrics)
            .AddCampaignList()
            .AddSingleton<IEndpointGroup, HealthEndpoints>()
            .AddSingleton<IEndpointGroup, MetricsEndpoints>()
            .AddGatewayMetrics();
    }

    public static WebApplication MapCampaignProbes(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<Frontier>();
        MapGroups(app);
        return app;
    }

    public static WebApplication MapCampaignGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<Frontier>();
        app.UseApiPages();
        MapGroups(app);
        return app;
    }

    private static void MapGroups(WebApplication app)
    {
        foreach (var group in app.Services.GetServices<IEndpointGroup>())
        {
            group.Map(app);
        }
    }

    private static IServiceCollection AddEndpoints(this IServiceCollection services) => services
        .AddSingleton<IEndpointGroup, CampaignEndpoints>()
        .AddSingleton<IEndpointGroup, CheckInEndpoints>()
        .AddSingleton<IEndpointGroup, DrawEndpoints>()
        .AddSingleton<IEndpointGroup, ExchangeEndpoints>()
        .AddSingleton<IEndpointGroup, MeEndpoints>()
        .AddSingleton<IEndpointGroup, FactsEndpoints>()
        .AddSingleton<IEndpointGroup, DiscountEndpoints>()
        .AddSingleton<IEndpointGroup, OpsEndpoints>()
        .AddSingleton<IEndpointGroup, HealthEndpoints>()
        .AddSingleton<IEndpointGroup, MetricsEndpoints>();

    private static IServiceCollection AddCallers(this IServiceCollection services) => services
        .AddSingleton<SigningKeys>()
        .AddSingleton<TokenReader>()
        .AddSingleton<PartnerKeys>()
        .AddSingleton<Authenticator>()
        .AddSingleton<BodyReader>();

    private static IServiceCollection AddCampaigns(this IServiceCollection services) => services
        .AddCampaignList()
        .AddHostedService<CampaignFollower>()
        .AddSingleton<PublicCampaigns>()
        .AddSingleton<SeedReveals>()
        .AddSingleton<OutcomeMetrics>()
        .AddSingleton<DrawMetrics>()
        .AddSingleton<DrawCombiner>()
        .AddSingleton<LotteryDraws>()
        .AddSingleton<DrawRouter>();

    private static IServiceCollection AddCampaignList(this IServiceCollection services) => services
        .AddSingleton(provider =>
        {
            var grains = provider.GetRequiredService<IGrainFactory>();
            return new CampaignCache<CampaignSummary>(
                grains,
                (id, version) => grains.Campaign(id).GetSummary(version),
                provider.GetRequiredService<CampaignCacheOptions>(),
                provider.GetRequiredService<TimeProvider>());
        })
        .AddSingleton<Deadline>();
}
