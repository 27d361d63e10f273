using Campaigns.Grains;
using Campaigns.Host.Settings;
using Orleans.Configuration;
using Orleans.Runtime.Placement;
using Orleans.Serialization.Configuration;

namespace Campaigns.Host.Hosting;

/// <summary>What every silo of this product has, alone or in a cluster; gateways share the serializer.</summary>
internal static class CampaignDefaults
{
    /// <summary>Full names of the grains that own a stock; a name that is gone fails the start.</summary>
    public static IReadOnlySet<string> PoolGrains { get; } = new HashSet<string>(
        new[] { "Pools.PacketPoolGrain", "Stocks.StockGrain" }
            .Select(name => typeof(GrainOptions).Assembly.GetType($"Campaigns.Grains.{name}", throwOnError: true)!)
            .Select(type => type.FullName!));

    public static void AddCampaignDefaults(this ISiloBuilder silo, ClusterSettings settings)
    {
        silo.Services.AddPlacementDirector<SpreadPlacement, SpreadPlacementDirector>();
        silo.Services.AddSingleton<IPlacementStrategyResolver, SpreadGrains>();
        silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = ClusterSettings.IdleLook;
            options.CollectionAge = settings.IdleAge;
            foreach (var name in PoolGrains)
            {
                options.ClassSpecificCollectionAge[name] = settings.IdlePoolAge;
            }
        });
        silo.Services.AddStrictSerializer();
    }

    /// <summary>
    /// Only types with generated codecs travel; a type that has none fails the start, not the first call that meets it.
    /// </summary>
    public static void AddStrictSerializer(this IServiceCollection services) =>
        services.Configure<TypeManifestOptions>(options =>
        {
            options.AllowAllTypes = false;
            options.EnableConfigurationAnalysis = true;
        });
}
