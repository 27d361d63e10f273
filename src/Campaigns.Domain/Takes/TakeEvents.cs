using Campaigns.Domain.Payloads;

namespace Campaigns.Domain.Takes;

/// <summary>
/// The cost is spent and a stock is asked. Again under the same key: another stock is asked, at no further cost.
/// </summary>
/// <param name="Paid">What was spent, in the unit of the activity's cost; what a refusal gives back.</param>
public sealed record TakeIntended(Taken Taken, int Stock, long Paid)
{
    public void Write(PayloadWriter payload)
    {
        Taken.Write(payload);
        payload.Signed(Stock).Signed(Paid);
    }

    public static TakeIntended Read(ref PayloadReader payload) =>
        new(Taken.Read(ref payload), payload.Int32(), payload.Signed());
}

/// <summary>It is the user's.</summary>
public sealed record TakeMade(Taken Taken)
{
    public void Write(PayloadWriter payload) => Taken.Write(payload);

    public static TakeMade Read(ref PayloadReader payload) => new(Taken.Read(ref payload));
}

/// <summary>Nothing was left: nothing was taken, the cost is given back, and the key is free again.</summary>
public sealed record TakeRefused(string CampaignId, string ActivityId, ulong KeyHash)
{
    public void Write(PayloadWriter payload) => payload.Text(CampaignId).Text(ActivityId).Fixed64(KeyHash);

    public static TakeRefused Read(ref PayloadReader payload) =>
        new(payload.Text(), payload.Text(), payload.Fixed64());
}

/// <summary>A wrong password, on a business day counted from 1970-01-01.</summary>
public sealed record TakeMissed(string CampaignId, string ActivityId, int Day)
{
    public void Write(PayloadWriter payload) => payload.Text(CampaignId).Text(ActivityId).Signed(Day);

    public static TakeMissed Read(ref PayloadReader payload) => new(payload.Text(), payload.Text(), payload.Int32());
}
