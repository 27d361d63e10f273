using System.Text.Json.Serialization;
using Campaigns.Contracts;

namespace Campaigns.Gateway.Me;

/// <summary>A user's standing.</summary>
internal sealed record MeView
{
    public required string UserId { get; init; }

    /// <summary>Unit to amount: cash in minor units, points and chances in pieces.</summary>
    public required Dictionary<string, long> Balances { get; init; }

    /// <summary>What was taken back and was no longer there.</summary>
    public required Dictionary<string, long> Debts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Level { get; init; }

    public string[] Medals { get; init; } = [];

    public static MeView Of(string userId, UserReply user) =>
        new() { UserId = userId, Balances = Amounts(user.Balances), Debts = Amounts(user.Debts) };

    private static Dictionary<string, long> Amounts(Balance[] balances) => balances
        .OrderBy(balance => balance.Unit, StringComparer.Ordinal)
        .ToDictionary(balance => balance.Unit, balance => balance.Amount, StringComparer.Ordinal);
}

/// <summary>A user's whole state in one campaign, by activity id.</summary>
internal sealed record MyCampaignView(Dictionary<string, MyActivityView> Activities)
{
    public static MyCampaignView Of(UserActivity[] activities) =>
        new(activities.ToDictionary(activity => activity.Id, MyActivityView.Of, StringComparer.Ordinal));
}

/// <summary>Members that the activity's type does not have are absent.</summary>
internal sealed record MyActivityView
{
    public int? Streak { get; init; }

    public bool? CheckedInToday { get; init; }

    public DrawsLeftView? DrawsLeft { get; init; }

    public long? Chances { get; init; }

    /// <summary>Orders left today.</summary>
    public int? QuotaLeft { get; init; }

    public static MyActivityView Of(UserActivity activity) => new()
    {
        Streak = activity.Streak,
        CheckedInToday = activity.CheckedInToday,
        DrawsLeft = activity.HasDraws ? new DrawsLeftView(activity.DrawsLeftToday, activity.DrawsLeftTotal) : null,
        Chances = activity.Chances,
        QuotaLeft = activity.QuotaLeft,
    };
}

/// <summary>Null: not limited.</summary>
internal sealed record DrawsLeftView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Today,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Total);

/// <param name="Next">The cursor of the next page; null on the last one.</param>
internal sealed record TransferPageView(
    TransferView[] Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next)
{
    public static TransferPageView Of(TransferPage page) =>
        new(Array.ConvertAll(page.Items, TransferView.Of), page.Next);
}

/// <param name="Amount">Minor units or pieces.</param>
internal sealed record TransferView(
    string Id,
    string Unit,
    long Amount,
    string From,
    string To,
    string Reason,
    string? Campaign,
    string? Activity,
    DateTimeOffset At)
{
    public static TransferView Of(Transfer transfer) => new(
        transfer.TransferId, transfer.Unit, transfer.Amount, transfer.From, transfer.To, transfer.Reason,
        transfer.Campaign, transfer.Activity, transfer.At);
}
