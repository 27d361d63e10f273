using Campaigns.Gateway;
using Campaigns.Gateway.Health;
using Campaigns.Gateway.Hosting;
using Campaigns.Grains;
using Campaigns.Grains.Seeds;
using Campaigns.Host.Databases;
using Campaigns.Host.Demo;
using Campaigns.Host.Secrets;
using Campaigns.Host.Settings;
using Campaigns.Host.Testing;
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
        var development = builder.Environment.IsDevelopment();
        if (!development && settings.Testing.Any)
        {
            throw new HostException("Campaigns__Testing__... is for Development only.");
        }

        var secrets = development
            ? HostSecrets.ForDevelopment(builder.Configuration, folder)
            : HostSecrets.ForProduction(builder.Configuration);
        if (!development && !settings.Approval)
        {
            throw new HostException("--no-approval is for Development only.");
        }

        builder.Logging.ClearProviders();
        builder.Logging.AddHostLog();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainTimeout);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(OffsetTime.Of(settings.Testing));
        builder.Services.AddSingleton<IReadiness, HostReadiness>();
        builder.Services.AddSingleton<HostExit>();
        builder.Services.AddLedger(builder.Configuration, settings, database, secrets);
        builder.Services.AddSingleton(new SeedVault(secrets.SeedKey));
        builder.AddGrainRuntime();
        builder.Services.AddCampaignGrains(GrainOptionsOf(builder.Configuration, settings));
        AddGateway(builder, secrets, settings);
        if (development && settings.Demo)
        {
            builder.Services.AddHostedService<DemoImport>();
        }

        builder.Services.AddHostedService<Drain>();
        var app = builder.Build();
        app.MapCampaignGateway();
        return app;
    }

    private static void AddGateway(WebApplicationBuilder builder, HostSecrets secrets, HostSettings settings)
    {
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ApplyCampaignLimits(kestrel.ApplicationServices.GetRequiredService<LimitOptions>()));
        builder.Services.AddCampaignGateway(
            builder.Configuration.GetSection($"{HostSettings.Section}:Gateway"),
            options =>
            {
                options.Auth.Development = secrets.DevSigningKey is not null;
                options.Auth.DevelopmentKey = secrets.DevSigningKey;
            });
    }

    private static GrainOptions GrainOptionsOf(ConfigurationManager configuration, HostSettings settings)
    {
        var options = new GrainOptions();
        configuration.GetSection($"{HostSettings.Section}:Grains").Bind(options);
        options.SelfApproval = !settings.Approval;
        return options;
    }
}
