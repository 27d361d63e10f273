using Campaigns.Gateway;
using Campaigns.Gateway.Health;
using Campaigns.Gateway.Hosting;
using Campaigns.Grains;
using Campaigns.Grains.Seeds;
using Campaigns.Host.Databases;
using Campaigns.Host.Secrets;
using Campaigns.Host.Settings;
using Campaigns.Host.Testing;
using Campaigns.Ledger;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Campaigns.Host.Hosting;

/// <summary>What the hosts of <c>up</c>, <c>silo</c> and <c>gateway</c> are put together from.</summary>
internal static class HostParts
{
    /// <summary>Throws <see cref="HostException"/> where a setting is for Development only.</summary>
    /// <param name="role">up, silo or gateway.</param>
    public static void AddHostParts(this WebApplicationBuilder builder, HostSettings settings, string role)
    {
        if (!builder.Environment.IsDevelopment())
        {
            RefuseDevelopment(settings);
        }

        builder.Logging.ClearProviders();
        builder.Logging.AddHostLog();
        var stop = Drain.Limit(settings, LedgerServices.GroupCommit(builder.Configuration));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = stop);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(OffsetTime.Of(settings.Testing));
        builder.Services.AddSingleton<IReadiness, HostReadiness>();
        builder.Services.AddSingleton<HostExit>();
        builder.AddTelemetry(settings.Telemetry, role);
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ApplyCampaignLimits(kestrel.ApplicationServices.GetRequiredService<LimitOptions>()));
        builder.Services.AddOptions<SocketTransportOptions>()
            .Configure<LimitOptions>((sockets, limits) => sockets.Backlog = limits.Backlog);
    }

    /// <summary>The committer starts before the grains and stops after them.</summary>
    public static void AddSiloParts(
        this WebApplicationBuilder builder,
        HostSettings settings,
        ILedgerDatabase database,
        HostSecrets secrets,
        Action<WebApplicationBuilder> addGrains)
    {
        builder.Services.AddLedger(builder.Configuration, settings, database, secrets);
        builder.Services.AddSingleton(new SeedVault(secrets.SeedKey));
        addGrains(builder);
        var options = new GrainOptions();
        builder.Configuration.GetSection($"{HostSettings.Section}:Grains").Bind(options);
        options.SelfApproval = !settings.Approval;
        builder.Services.AddCampaignGrains(options);
    }

    public static void AddGatewayParts(
        this WebApplicationBuilder builder, HostSettings settings, byte[]? developmentKey) =>
        builder.Services.AddCampaignGateway(
            builder.Configuration.GetSection($"{HostSettings.Section}:Gateway"),
            options =>
            {
                options.Auth.Development = developmentKey is not null;
                options.Auth.DevelopmentKey = developmentKey;
            });

    /// <summary>The drain is added last of all, because it stops first.</summary>
    public static WebApplication BuildGateway(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<Drain>();
        var app = builder.Build();
        if (app.Services.GetRequiredService<HostSettings>().Telemetry.Otlp is not null)
        {
            app.UseRequestSpans();
        }

        app.MapCampaignGateway();
        return app;
    }

    private static void RefuseDevelopment(HostSettings settings)
    {
        if (settings.Testing.Any)
        {
            throw new HostException("Campaigns__Testing__... is for Development only.");
        }

        if (!settings.Approval)
        {
            throw new HostException("--no-approval is for Development only.");
        }
    }
}
