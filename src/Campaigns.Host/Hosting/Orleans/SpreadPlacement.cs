using System.Diagnostics.CodeAnalysis;
using Campaigns.Contracts;
using Orleans.Metadata;
using Orleans.Runtime.Placement;

namespace Campaigns.Host.Hosting;

/// <summary>
/// Shards of one pool go to different silos as long as there are any: by chance two hot shards would share one while
/// another idles. Where a pool begins follows from its name, so that pools of one shard are spread as well.
/// </summary>
internal sealed class SpreadPlacement : PlacementStrategy
{
    public static readonly SpreadPlacement Instance = new();

    /// <summary>The silo, by its place in the sorted list, for the grain key of a pool or stock.</summary>
    public static int Place(string key, int silos)
    {
        var (campaignId, activityId, shard) = GrainKeys.ParsePool(key);
        var first = $"{campaignId}/{activityId}".Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619);
        return (int)((first + (ulong)shard) % (uint)silos);
    }
}

/// <summary>Picks the silo where a pool's shard is to wake.</summary>
internal sealed class SpreadPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
        {
            return Task.FromResult(hint);
        }

        Array.Sort(silos);
        var key = target.GrainIdentity.Key.ToString()!;
        return Task.FromResult(silos[SpreadPlacement.Place(key, silos.Length)]);
    }
}

/// <summary>Names the grains that are spread; grain classes themselves know nothing of silos.</summary>
internal sealed class SpreadGrains : IPlacementStrategyResolver
{
    public bool TryResolvePlacementStrategy(
        GrainType grainType, GrainProperties? properties, [MaybeNullWhen(false)] out PlacementStrategy result)
    {
        result = null;
        if (properties is not null
            && properties.Properties.TryGetValue(WellKnownGrainTypeProperties.FullTypeName, out var name)
            && CampaignDefaults.PoolGrains.Contains(name))
        {
            result = SpreadPlacement.Instance;
        }

        return result is not null;
    }
}
