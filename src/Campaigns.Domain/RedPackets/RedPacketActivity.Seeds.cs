using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;

namespace Campaigns.Domain.RedPackets;

public sealed partial record RedPacketActivity
{
    /// <summary>One for each round.</summary>
    public override ImmutableArray<SeedPlan> Seeds(Campaign campaign) =>
    [
        .. Rounds.Select((round, index) => new SeedPlan(
            round.Id, round.From, round.Until, round.Count,
            () => RoundTerms.Of(campaign.Id, this, index).CanonicalBytes())),
    ];
}
