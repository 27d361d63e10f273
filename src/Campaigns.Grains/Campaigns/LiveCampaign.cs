using System.Collections.Immutable;
using Campaigns.Contracts;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Stocks;
using Campaigns.Grains.Seeds;
using NodaTime;

namespace Campaigns.Grains.Campaigns;

/// <summary>An approved campaign as this silo knows it.</summary>
internal sealed class LiveCampaign(CampaignDefinition definition, Campaign document)
{
    public CampaignDefinition Definition { get; } = definition;

    public Campaign Document { get; } = document;

    public string Id => Definition.CampaignId;

    public Standing Standing { get; } = LifecycleWire.StandingOf(definition);

    /// <summary>What its conditions look at, early access included.</summary>
    public FactNeeds Needs(Activity activity) => _needs[activity.Id];

    private readonly Dictionary<string, FactNeeds> _needs =
        document.Activities.ToDictionary(
            activity => activity.Id, activity => FactNeeds.Of(document, activity, Instant.MinValue));

    private readonly Dictionary<string, ImmutableArray<StockPlan>> _stocks =
        document.Activities.ToDictionary(activity => activity.Id, activity => activity.Stocks(document));

    /// <summary>Null where the activity has no stock of that number.</summary>
    public StockPlan? FindStock(string activityId, int number) =>
        _stocks.TryGetValue(activityId, out var stocks) && number < stocks.Length ? stocks[number] : null;

    /// <summary>
    /// Parses the approved document; it was validated before approval, so faults mean a damaged journal.
    /// </summary>
    public static LiveCampaign From(CampaignDefinition definition)
    {
        var parsed = CampaignDocument.Parse(definition.Document);
        return parsed.Campaign is { } campaign
            ? new LiveCampaign(definition, campaign)
            : throw new InvalidDataException(
                $"The approved document of campaign '{definition.CampaignId}' no longer validates: "
                + parsed.Faults[0].Message);
    }

    public byte[]? OpenSeed(SeedVault vault, string activityId, string roundId)
    {
        foreach (var seed in Definition.Seeds)
        {
            if (seed.ActivityId == activityId && seed.RoundId == roundId)
            {
                return vault.Open(seed.Cipher, SeedPlace.Of(Id, activityId, roundId));
            }
        }

        return null;
    }
}
