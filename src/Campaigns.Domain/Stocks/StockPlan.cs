using Campaigns.Domain.Documents;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Stocks;

/// <summary>A stock that an activity declares, and what approval gives it.</summary>
/// <param name="Money">Minor units of <see cref="StockTerms.Unit"/>.</param>
public sealed record StockPlan(StockTerms Terms, long Money, long Pieces)
{
    /// <summary>The name of an activity's stock of that number.</summary>
    public static string Name(Campaign campaign, Activity activity, int number = 0) =>
        StreamNames.Pool(campaign.Id, activity.Id, number);

    /// <summary>The account that funds a campaign's stocks and takes back what they did not issue.</summary>
    public static StreamId Home(Campaign campaign) => StreamId.Of(StreamNames.Campaign(campaign.Id));
}
