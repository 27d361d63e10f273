using Campaigns.Contracts;
using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Lotteries;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.SpendDiscounts;
using Campaigns.Domain.Time;
using Campaigns.Domain.Values;
using Campaigns.Grains.Campaigns;

namespace Campaigns.Grains.Users;

/// <summary>The user's state in one campaign, activity by activity.</summary>
internal sealed partial class UserGrain
{
    public async Task<UserCampaignReply> GetCampaign(string campaignId, FactSet facts)
    {
        LiveCampaign? live;
        try
        {
            live = await campaigns.GetAsync(campaignId);
        }
        catch (StaleCacheException)
        {
            return new UserCampaignReply(Outcome.Unavailable, []);
        }

        if (live is null)
        {
            return new UserCampaignReply(Outcome.NotFound, []);
        }

        if (Journal.IsLost || !await TryPullAsync())
        {
            return new UserCampaignReply(Outcome.Unavailable, []);
        }

        var today = live.Document.Calendar.DayOf(Now);
        var activities = live.Document.Activities.Select(activity => Describe(live, activity, today)).ToArray();
        return await Journal.DurableAsync()
            ? new UserCampaignReply(Outcome.Done, activities)
            : new UserCampaignReply(Outcome.Unavailable, []);
    }

    private UserActivity Describe(LiveCampaign live, Activity activity, int today)
    {
        long? chances = State.Balances.TryGetValue(Units.Chance(live.Id, activity.Id), out var some) ? some : null;
        switch (activity)
        {
            case CheckInActivity:
                var state = State.CheckIns.Of(new ActivityRef(live.Id, activity.Id));
                return new UserActivity
                {
                    Id = activity.Id,
                    Streak = state.StreakOn(today),
                    CheckedInToday = state.CheckedInOn(today),
                    Chances = chances,
                };
            case RedPacketActivity packets:
                var drawn = Drawn(packets, new UserDrawCommand(live.Id, activity.Id, null, default, FactSet.Empty))
                    .Select(one => one.Packet).ToList();
                return new UserActivity
                {
                    Id = activity.Id,
                    HasDraws = true,
                    DrawsLeftToday = LeftToday(packets, drawn, today),
                    DrawsLeftTotal = Left(packets.PerUser.Total, drawn.Count),
                    Chances = chances,
                };
            case SpendDiscountActivity discount:
                var quota = State.Discounts.Of(live.Id, activity.Id);
                return new UserActivity
                {
                    Id = activity.Id,
                    QuotaLeft = quota.Left(QuotaLimits.Of(discount), BusinessCalendar.DateOf(today)),
                    Chances = chances,
                };
            case LotteryActivity lottery:
                var takes = State.Takes.Of(new ActivityRef(live.Id, activity.Id));
                var month = BusinessCalendar.MonthOf(BusinessCalendar.DateOf(today));
                return new UserActivity
                {
                    Id = activity.Id,
                    HasDraws = true,
                    DrawsLeftToday = Least(
                        Left(lottery.PerUser.PerDay, takes.OnDay(today)),
                        Left(lottery.PerUser.PerMonth, takes.InMonth(month)),
                        Left(lottery.PerUser.Total, takes.Total)),
                    DrawsLeftTotal = Left(lottery.PerUser.Total, takes.Total),
                    Chances = chances,
                };
            default:
                return new UserActivity { Id = activity.Id, Chances = chances };
        }
    }

    /// <summary>The least that the limits of today, of the month, of the open round and in total leave.</summary>
    private int? LeftToday(RedPacketActivity packets, List<DrawnPacket> drawn, int today)
    {
        var month = BusinessCalendar.MonthOf(BusinessCalendar.DateOf(today));
        var round = RoundPlan.OpenOrNext(packets, Now);
        return Least(
            Left(packets.PerUser.PerDay, drawn.Count(packet => packet.Day == today)),
            Left(
                packets.PerUser.PerMonth,
                drawn.Count(packet => BusinessCalendar.MonthOf(BusinessCalendar.DateOf(packet.Day)) == month)),
            Left(packets.PerUser.PerRound, drawn.Count(packet => packet.Round == round)),
            Left(packets.PerUser.Total, drawn.Count));
    }

    private static int? Left(int? limit, int used) => limit is { } most ? Math.Max(0, most - used) : null;

    private static int? Least(params ReadOnlySpan<int?> limits)
    {
        int? least = null;
        foreach (var limit in limits)
        {
            least = limit is { } one && !(least <= one) ? one : least;
        }

        return least;
    }
}
