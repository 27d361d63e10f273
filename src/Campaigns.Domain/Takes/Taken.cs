using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Payloads;

namespace Campaigns.Domain.Takes;

/// <summary>One take of one user, as its entries tell it; its answer is rebuilt from it.</summary>
/// <param name="KeyHash">First 64 bits of SHA-256 over the Idempotency-Key.</param>
/// <param name="BodyHash">First 64 bits of SHA-256 over the request's body.</param>
/// <param name="Day">Business day, counted from 1970-01-01.</param>
/// <param name="Ordinal">The user's how manieth take in this activity, from 1: what the numbers follow from.</param>
/// <param name="Segment">Index of the user's segment in the document, or -1.</param>
/// <param name="FactsVersion">Version of the facts that the conditions were decided on.</param>
/// <param name="Choice">The prize or offer; empty where there is one alone.</param>
public sealed record Taken(
    string CampaignId,
    string ActivityId,
    ulong KeyHash,
    ulong BodyHash,
    int Day,
    int Ordinal,
    int Segment,
    long FactsVersion,
    int DefinitionVersion,
    string Choice,
    int Quantity,
    ImmutableArray<GrantedReward> Rewards)
{
    /// <summary>Minor units that a stock pays; the other rewards are created by the user's own commit.</summary>
    public long Cash => Rewards.Where(reward => reward.Kind == RewardKind.Cash).Sum(reward => reward.Amount);

    public void Write(PayloadWriter payload)
    {
        payload.Text(CampaignId).Text(ActivityId).Fixed64(KeyHash).Fixed64(BodyHash);
        payload.Signed(Day).Signed(Ordinal).Signed(Segment).Signed(FactsVersion).Signed(DefinitionVersion);
        payload.Text(Choice).Signed(Quantity).Unsigned((ulong)Rewards.Length);
        foreach (var reward in Rewards)
        {
            reward.Write(payload);
        }
    }

    public static Taken Read(ref PayloadReader payload)
    {
        var (campaign, activity) = (payload.Text(), payload.Text());
        var (key, body) = (payload.Fixed64(), payload.Fixed64());
        var (day, ordinal, segment) = (payload.Int32(), payload.Int32(), payload.Int32());
        var (facts, definition) = (payload.Signed(), payload.Int32());
        var (choice, quantity) = (payload.Text(), payload.Int32());
        var rewards = ImmutableArray.CreateBuilder<GrantedReward>();
        for (var left = payload.Unsigned(); left > 0; left--)
        {
            rewards.Add(GrantedReward.Read(ref payload));
        }

        return new Taken(
            campaign, activity, key, body, day, ordinal, segment, facts, definition, choice, quantity,
            rewards.ToImmutable());
    }
}
