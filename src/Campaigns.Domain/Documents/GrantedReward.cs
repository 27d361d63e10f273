using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Documents;

/// <summary>A reward with its concrete amount: minor units for money, else pieces.</summary>
/// <param name="Target">The activity that a chance is for, or the item.</param>
public sealed record GrantedReward(RewardKind Kind, long Amount, string? Target = null)
{
    /// <summary>The unit in which the reward is credited.</summary>
    public string UnitIn(string campaignId) => Kind switch
    {
        RewardKind.Cash => Units.Cash,
        RewardKind.RestrictedCash => Units.RestrictedCash,
        RewardKind.Points => Units.Points,
        RewardKind.Growth => Units.Growth,
        RewardKind.Chance => Units.Chance(campaignId, Target!),
        RewardKind.Item => Units.Item(campaignId, Target!),
        _ => throw new InvalidOperationException($"A reward of kind {Kind} has no unit."),
    };

    public void Write(PayloadWriter payload) =>
        payload.Unsigned((ulong)Kind).Signed(Amount).OptionalText(Target);

    public static GrantedReward Read(ref PayloadReader payload)
    {
        var kind = (RewardKind)payload.Unsigned();
        if (kind is < RewardKind.Cash or > RewardKind.Item)
        {
            throw new FormatException($"The journal holds a reward of the unknown kind {(int)kind}.");
        }

        return new GrantedReward(kind, payload.Signed(), payload.OptionalText());
    }
}
