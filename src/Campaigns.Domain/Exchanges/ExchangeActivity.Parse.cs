using Campaigns.Domain.Documents;
using Campaigns.Domain.Takes;

namespace Campaigns.Domain.Exchanges;

public sealed partial record ExchangeActivity
{
    internal static ExchangeActivity? Parse(ObjectReader reader, ActivityHead head)
    {
        var cost = CostReader.Required(reader, "cost");
        var rewards = RewardReader.List(reader, "rewards", 1);
        var stock = reader.OptionalCount("stock", 1, DocumentLimits.Pieces);
        var perDay = reader.OptionalCount("stockPerDay", 1, DocumentLimits.Pieces);
        return !reader.Clean
            ? null
            : new ExchangeActivity
            {
                Id = head.Id,
                Name = head.Name,
                Window = head.Window,
                Requires = head.Requires,
                Segments = head.Segments,
                PerUser = head.PerUser,
                CapTotal = head.CapTotal,
                Cost = cost,
                Rewards = rewards,
                Stock = stock,
                StockPerDay = perDay,
            };
    }
}
