using Campaigns.Contracts;
using Campaigns.Gateway.Answers;

namespace Campaigns.Gateway.CheckIns;

internal sealed record CheckInBody
{
    /// <summary>The business day that the client believes in, ISO 8601; absent: today.</summary>
    public string? Date { get; init; }
}

/// <summary>A check-in that was made.</summary>
/// <param name="Date">Business day in the campaign's time zone, ISO 8601.</param>
/// <param name="Streak">Days in a row, this one included.</param>
internal sealed record CheckInView(string Date, int Streak, RewardView[] Rewards)
{
    public static CheckInView Of(CheckInResult checkIn) =>
        new(checkIn.Date, checkIn.Streak, Array.ConvertAll(checkIn.Rewards, RewardView.Of));
}
