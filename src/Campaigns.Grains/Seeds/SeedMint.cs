using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Lifecycle;

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
            foreach (var plan in activity.Seeds(campaign))
            {
                seeds.Add(Make(campaign.Id, activity.Id, plan.Round, plan.Canonical()));
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
