using Campaigns.Gateway;
using Campaigns.Host.Secrets;
using Campaigns.Host.Settings;
using Campaigns.Ledger;

namespace Campaigns.Host.Hosting;

/// <summary>
/// Composes the hosts of <c>silo</c> and <c>gateway</c>, in the order of <see cref="AllInOne"/>. A silo answers probes
/// and shows its metrics by HTTP, nothing else; a gateway holds none of the journal's keys.
/// </summary>
internal static class ClusterHosts
{
    public static WebApplication BuildSilo(
        WebApplicationBuilder builder, HostSettings settings, DataFolder folder, ILedgerDatabase database)
    {
        builder.AddHostParts(settings, "silo");
        var secrets = builder.Environment.IsDevelopment()
            ? HostSecrets.ForDevelopment(builder.Configuration, folder)
            : HostSecrets.ForProduction(builder.Configuration);
        builder.AddSiloParts(settings, database, secrets, silo => silo.AddClusterSilo(settings));
        builder.Services.AddCampaignProbes(builder.Configuration.GetSection($"{HostSettings.Section}:Gateway"));
        builder.Services.AddHostedService<Drain>();
        var app = builder.Build();
        app.MapCampaignProbes();
        return app;
    }

    public static WebApplication BuildGateway(
        WebApplicationBuilder builder, HostSettings settings, DataFolder folder)
    {
        builder.AddHostParts(settings, "gateway");
        builder.AddClusterClient(settings);
        builder.AddGatewayParts(
            settings, builder.Environment.IsDevelopment() ? HostSecrets.DevelopmentKey(folder) : null);
        return builder.BuildGateway();
    }
}
