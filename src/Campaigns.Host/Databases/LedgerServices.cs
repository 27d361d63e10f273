using Campaigns.Host.Anchoring;
using Campaigns.Host.Hosting;
using Campaigns.Host.Secrets;
using Campaigns.Host.Settings;
using Campaigns.Host.Testing;
using Campaigns.Ledger;
using Campaigns.Ledger.GroupCommit;
using Campaigns.Ledger.Loads;

namespace Campaigns.Host.Databases;

/// <summary>Registers the write path and the loads of a silo on an open database.</summary>
internal static class LedgerServices
{
    public static GroupCommitOptions GroupCommit(IConfiguration configuration) =>
        configuration.GetSection($"{HostSettings.Section}:Ledger:GroupCommit").Get<GroupCommitOptions>()
        ?? new GroupCommitOptions();

    public static IServiceCollection AddLedger(
        this IServiceCollection services,
        IConfiguration configuration,
        HostSettings settings,
        ILedgerDatabase database,
        HostSecrets secrets)
    {
        var section = configuration.GetSection($"{HostSettings.Section}:Ledger");
        var commits = GroupCommit(configuration);
        var loads = section.GetSection("Loads").Get<LoadOptions>() ?? new LoadOptions();

        // Alone on its database a host goes on with the committer's stream of its last run.
        var committer = settings.Lease ? "host" : $"host-{Guid.NewGuid():n}";
        var ledger = TestingLedger.Around(database.Ledger, settings.Testing, TimeProvider.System);
        ledger = settings.Telemetry.Otlp is null ? ledger : new TracedLedger(ledger);
        services.AddSingleton(ledger);
        services.AddSingleton(new ChainKey(secrets.ChainKey));
        services.AddSingleton<ILoader>(new LoadCoalescer(ledger, loads, TaskScheduler.Default));
        services.AddSingleton(provider => new GroupCommitter(
            committer,
            new GroupCommitServices(
                ledger,
                provider.GetRequiredService<ChainKey>(),
                commits with { Lanes = settings.Lanes },
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<GroupCommitter>>(),
                TaskScheduler.Default)));
        services.AddSingleton<IGroupCommitter>(provider => provider.GetRequiredService<GroupCommitter>());
        if (settings.Anchors.Any)
        {
            services.AddSingleton(settings.Anchors);
            services.AddHostedService<AnchorExport>();
        }

        services.AddHostedService<CommitterLife>();
        return services;
    }

    /// <summary>Starts the committer before the grains and stops it after them; its failure ends the host.</summary>
    private sealed class CommitterLife(GroupCommitter committer, HostExit exit) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await committer.StartAsync(cancellationToken);
            _ = committer.Completion.ContinueWith(
                ended => exit.Fail("the group committer failed: " + ended.Exception!.InnerException),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
        }

        public Task StopAsync(CancellationToken cancellationToken) => committer.StopAsync(cancellationToken);
    }
}
