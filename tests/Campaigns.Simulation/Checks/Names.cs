using Campaigns.Domain.Values;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Checks;

/// <summary>The streams and accounts that a plan can bring about, by name.</summary>
internal sealed class Names
{
    private readonly Dictionary<StreamId, string> _names = [];

    public Names(Plan plan)
    {
        foreach (var user in plan.Users)
            Add(StreamNames.User(user));
        foreach (var order in plan.Items.OfType<ReserveItem>().Select(item => item.Order)
            .Concat(plan.Items.OfType<CancelItem>().Select(item => item.Order)).Distinct())
            Add(OrderOf(order));
        Add(StreamNames.Campaign(CampaignPlan.Id));
        for (var shard = 0; shard < (plan.Campaign.Packets?.Shards ?? 0); shard++)
            Add(StreamNames.Pool(CampaignPlan.Id, CampaignPlan.Bag, shard));
        foreach (var activity in (string[])[CampaignPlan.Daily, CampaignPlan.Spend])
        {
            var stock = StreamNames.Pool(CampaignPlan.Id, activity, 0);
            Add(stock);
            Add(StreamNames.Held(stock));
            foreach (var merchant in (string[])["m1", "m2"])
                Add(StreamNames.Granted(stock, merchant));
        }

        Add(StreamNames.Directory);
        Add(StreamNames.Committers);
    }

    public static string OrderOf(string order) => StreamNames.Order("shop", order);

    public string Of(StreamId stream) => _names.GetValueOrDefault(stream, stream.ToString());

    public bool Knows(StreamId stream) => _names.ContainsKey(stream);

    private void Add(string name) => _names[StreamId.Of(name)] = name;
}
