using Campaigns.Contracts;
using Campaigns.Grains.Campaigns;
using Campaigns.Grains.Journal;
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
    public static IServiceCollection AddCampaignGrains(this IServiceCollection services, GrainOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISeedSource, SystemSeedSource>();
        services.TryAddSingleton<CampaignCacheOptions>();
        services.AddSingleton(options);
        services.AddSingleton<JournalServices>();
        services.AddSingleton<SeedMint>();
        services.AddSingleton<StreamNameIndex>();
        services.AddSingleton<Statement>();
        services.AddSingleton<LiveCampaigns>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveCampaigns>());
        return services;
    }
}
