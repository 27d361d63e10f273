using System.Collections.Immutable;
using System.Text;
using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.RedPackets;

namespace Campaigns.Grains.Seeds;

/// <summary>Makes a campaign's seeds at its approval: secret and sealed, with the hash that is published.</summary>
internal sealed class SeedMint(ISeedSource source, SeedVault vault)
{
    private const int NonceSize = 12;

    /// <summary>For the activities of <paramref name="campaign"/> that <paramref name="approved"/> lacks.</summary>
    public ImmutableArray<CommittedSeed> For(Campaign campaign, Campaign? approved = null)
    {
        var seeds = ImmutableArray.CreateBuilder<CommittedSeed>();
        foreach (var activity in campaign.Activities.Where(one => approved?.FindActivity(one.Id) is null))
        {
            switch (activity)
            {
                case RedPacketActivity packets:
                    for (var round = 0; round < packets.Rounds.Length; round++)
                    {
                        var terms = RoundTerms.Of(campaign.Id, packets, round);
                        seeds.Add(Make(campaign.Id, activity.Id, packets.Rounds[round].Id, terms.CanonicalBytes()));
                    }

                    break;
                case CheckInActivity checkIn when CheckInSeeds.NeedsSeed(checkIn):
                    seeds.Add(Make(
                        campaign.Id, activity.Id, RedPacketActivity.OnlyRound,
                        Encoding.UTF8.GetBytes(CheckInSeeds.Canonical(campaign.Id, activity.Id))));
                    break;
            }
        }

        return seeds.ToImmutable();
    }

    public Seed Open(string campaignId, CommittedSeed seed) =>
        Seed.Of(vault.Open(seed.Sealed.AsSpan(), SeedPlace.Of(campaignId, seed.ActivityId, seed.Round)));

    private CommittedSeed Make(string campaignId, string activityId, string roundId, ReadOnlySpan<byte> definition)
    {
        Span<byte> secret = stackalloc byte[Seed.Size];
        Span<byte> nonce = stackalloc byte[NonceSize];
        source.Fill(secret);
        source.Fill(nonce);
        var commitment = Commitment.Of(Seed.Of(secret), definition);
        return new CommittedSeed(
            activityId,
            roundId,
            Generation: 0,
            [.. Convert.FromHexString(commitment.ToString())],
            [.. vault.Seal(secret, nonce, SeedPlace.Of(campaignId, activityId, roundId))]);
    }
}
