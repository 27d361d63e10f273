using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Payloads;

namespace Campaigns.Domain.CheckIns;

/// <summary>
/// A user checked in: entry kind <c>CheckedIn</c> of the user's stream, from which its answer is rebuilt.
/// </summary>
/// <param name="KeyHash">First 64 bits of SHA-256 over the Idempotency-Key; 0: there was none.</param>
/// <param name="BodyHash">First 64 bits of SHA-256 over the request's body.</param>
/// <param name="Day">Business day, counted from 1970-01-01.</param>
/// <param name="Streak">Days in a row, this one included, within the cycle.</param>
/// <param name="Rewards">Every day's first, then the streaks' in document order.</param>
public sealed record CheckedIn(
    ulong KeyHash,
    ulong BodyHash,
    string CampaignId,
    string ActivityId,
    int Day,
    int Streak,
    int DefinitionVersion,
    ImmutableArray<GrantedReward> Rewards)
{
    public void Write(PayloadWriter payload)
    {
        payload.Fixed64(KeyHash).Fixed64(BodyHash).Text(CampaignId).Text(ActivityId);
        payload.Signed(Day).Signed(Streak).Signed(DefinitionVersion).Unsigned((ulong)Rewards.Length);
        foreach (var reward in Rewards)
        {
            reward.Write(payload);
        }
    }

    public static CheckedIn Read(ref PayloadReader payload)
    {
        var (key, body) = (payload.Fixed64(), payload.Fixed64());
        var (campaign, activity) = (payload.Text(), payload.Text());
        var (day, streak, version) = (payload.Int32(), payload.Int32(), payload.Int32());
        var rewards = ImmutableArray.CreateBuilder<GrantedReward>();
        for (var left = payload.Unsigned(); left > 0; left--)
        {
            rewards.Add(GrantedReward.Read(ref payload));
        }

        return new CheckedIn(key, body, campaign, activity, day, streak, version, rewards.ToImmutable());
    }
}
