using Campaigns.Contracts;
using Campaigns.Grains.Campaigns;
using Campaigns.Grains.Journal;
using Campaigns.Grains.Pools;
using Campaigns.Grains.Seeds;
using Campaigns.Grains.Users;
using Campaigns.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Campaigns.Grains;

/// <summary>Registers what the grains of a silo need beside the ledger.</summary>
public static class CampaignGrainsExtensions
{
    /// <summary>
    /// Expects <see cref="ILedger"/>, <see cref="ILoader"/>, <see cref="IGroupCommitter"/>, <see cref="ChainKey"/> and
    /// <see cref="SeedVault"/> to be registered.
    /// </summary>
    /// <param name="clock">
    /// What the grains take for the time; null: the host's. A test that moves it must not move the runtime's own.
    /// </param>
    public static IServiceCollection AddCampaignGrains(
        this IServiceCollection services, GrainOptions options, TimeProvider? clock = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISeedSource, SystemSeedSource>();
        services.TryAddSingleton<CampaignCacheOptions>();
        services.AddSingleton(options);
        services.AddMetrics();
        services.AddSingleton<JournalAlarm>();
        services.AddSingleton(provider => new JournalServices(
            provider.GetRequiredService<IGroupCommitter>(),
            provider.GetRequiredService<ILoader>(),
            provider.GetRequiredService<ILedger>(),
            provider.GetRequiredService<ChainKey>(),
            clock ?? provider.GetRequiredService<TimeProvider>(),
            options,
            provider.GetRequiredService<JournalAlarm>()));
        services.AddSingleton<SeedMint>();
        services.AddSingleton<PoolMetrics>();
        services.AddSingleton<StreamNameIndex>();
        services.AddSingleton<Statement>();
        services.AddSingleton<LiveCampaigns>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveCampaigns>());
        services.AddHostedService<SettlementSweep>();
        return services;
    }
}
