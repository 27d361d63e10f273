using Campaigns.Host.Demo;
using Campaigns.Host.Secrets;
using Campaigns.Host.Settings;
using Campaigns.Ledger;

namespace Campaigns.Host.Hosting;

/// <summary>
/// Composes the host of <c>up</c>. Hosted services start in the order in which they are added here and stop in reverse:
/// the server first, so that requests under way still find grains, grains before the committer, so that what they
/// decided is written.
/// </summary>
internal static class AllInOne
{
    public static WebApplication Build(
        WebApplicationBuilder builder,
        HostSettings settings,
        DataFolder folder,
        ILedgerDatabase database)
    {
        builder.AddHostParts(settings, "up");
        var development = builder.Environment.IsDevelopment();
        var secrets = development
            ? HostSecrets.ForDevelopment(builder.Configuration, folder)
            : HostSecrets.ForProduction(builder.Configuration);
        builder.AddSiloParts(settings, database, secrets, silo => silo.AddGrainRuntime(settings));
        builder.AddGatewayParts(settings, secrets.DevSigningKey);
        if (development && settings.Demo)
        {
            builder.Services.AddHostedService<DemoImport>();
        }

        return builder.BuildGateway();
    }
}
