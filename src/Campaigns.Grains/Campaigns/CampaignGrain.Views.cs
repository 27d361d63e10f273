using Campaigns.Contracts;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Lotteries;
using Campaigns.Domain.RedPackets;
using NodaTime;

namespace Campaigns.Grains.Campaigns;

/// <summary>What gateways and auditors are shown.</summary>
internal sealed partial class CampaignGrain
{
    public async Task<CampaignSummary?> GetSummary(long atLeast)
    {
        RequireVersion(atLeast);
        if (State.Life.Campaign is not { } campaign)
        {
            return null;
        }

        var summary = new CampaignSummary
        {
            CampaignId = campaign.Id,
            Version = Journal.Version,
            Lifecycle = LifecycleWire.Write(State.Life.Standing),
            Name = Texts(campaign.Name),
            Currency = campaign.Currency,
            TimeZone = campaign.TimeZone.Id,
            WarmUp = campaign.Schedule.WarmUp.ToDateTimeOffset(),
            Start = campaign.Schedule.Start.ToDateTimeOffset(),
            End = campaign.Schedule.End.ToDateTimeOffset(),
            ClaimUntil = campaign.Schedule.ClaimUntil.ToDateTimeOffset(),
            DocumentVersion = State.Life.Version,
            EarlyFrom = campaign.EarlyAccess?.From.ToDateTimeOffset(),
            Activities = [.. campaign.Activities.Select(activity => Summarise(campaign, activity))],
        };
        return await Journal.DurableAsync()
            ? summary
            : throw new TimeoutException("The campaign's last change is not durable yet.");
    }

    public async Task<AuditReply> Audit()
    {
        if (State.Life.Campaign is not { } campaign)
        {
            return new AuditReply(Outcome.NotFound, false, []);
        }

        List<AccountBalance> accounts;
        try
        {
            accounts = await PoolAccountsAsync(campaign, settle: false);
        }
        catch (TimeoutException)
        {
            return new AuditReply(Outcome.Unavailable, false, []);
        }

        if (!await Journal.TryPullCreditsAsync())
        {
            return new AuditReply(Outcome.Unavailable, false, []);
        }

        foreach (var (unit, account) in State.Budget)
        {
            accounts.Insert(0, new AccountBalance(
                campaign.Id, unit, account.Funded, account.Remaining, 0, account.Given - account.Returned, 0));
        }

        return await Journal.DurableAsync()
            ? new AuditReply(Outcome.Done, accounts.TrueForAll(account => account.Balanced), [.. accounts])
            : new AuditReply(Outcome.Unavailable, false, []);
    }

    private async Task<List<AccountBalance>> PoolAccountsAsync(Campaign campaign, bool settle)
    {
        var accounts = new List<AccountBalance>();
        if (State.Life.Standing.Stage < Stage.Approved)
        {
            return accounts;
        }

        foreach (var (activityId, count, hasPackets) in PoolShares.Pools(campaign))
        {
            for (var number = 0; number < count; number++)
            {
                var pool = GrainFactory.PacketPool(campaign.Id, activityId, number);
                var stock = GrainFactory.Stock(campaign.Id, activityId, number);
                accounts.AddRange((hasPackets, settle) switch
                {
                    (true, true) => await pool.Settle(),
                    (true, false) => await pool.Accounts(),
                    (false, true) => await stock.Settle(),
                    (false, false) => await stock.Accounts(),
                });
            }
        }

        return accounts;
    }

    private ActivitySummary Summarise(Campaign campaign, Activity activity)
    {
        var needs = FactNeeds.Of(campaign, activity, campaign.Schedule.Start);
        return new ActivitySummary
        {
            Id = activity.Id,
            Type = activity.Type,
            Name = Texts(activity.Name),
            From = (activity.Window?.From ?? campaign.Schedule.Start).ToDateTimeOffset(),
            Until = (activity.Window?.Until ?? campaign.Schedule.End).ToDateTimeOffset(),
            Rounds = [.. activity.Seeds(campaign).Select(seed => Describe(campaign, activity, seed))],
            Shards = activity is RedPacketActivity packets ? packets.Shards : 0,
            Local = activity is RedPacketActivity { IsLocal: true },
            FactsNeeded = [.. needs.Facts],
            NeedsTags = !needs.Tags.IsEmpty,
            Odds = activity is LotteryActivity lottery ? Odds(lottery) : [],
        };
    }

    private RoundSummary Describe(Campaign campaign, Activity activity, SeedPlan plan)
    {
        var seed = State.Life.Seeds.FirstOrDefault(one => one.ActivityId == activity.Id && one.Round == plan.Round);
        var now = Instant.FromUnixTimeMilliseconds(Journal.Now);
        var over = State.Life.Standing.PhaseAt(campaign.Schedule, activity, now)
            is Phase.Ended or Phase.Settled or Phase.Archived;
        return new RoundSummary(
            plan.Round,
            plan.From.ToDateTimeOffset(),
            plan.Until.ToDateTimeOffset(),
            plan.Count,
            seed is null ? null : Convert.ToHexStringLower(seed.Commitment.AsSpan()),
            seed is not null && over ? mint.Open(campaign.Id, seed).ToHex() : null);
    }

    private static PrizeOdds[] Odds(LotteryActivity lottery) =>
    [
        .. lottery.Prizes.Select(prize => new PrizeOdds(
            prize.Id,
            prize.Weight,
            lottery.WeightOf(segment: null),
            [
                .. lottery.Segments.Select(segment => new SegmentOdds(
                    segment.Id, prize.WeightOf(segment.Id), lottery.WeightOf(segment.Id))),
            ])),
    ];

    private static LocalizedText[] Texts(IEnumerable<KeyValuePair<string, string>> name) =>
        [.. name.Select(text => new LocalizedText(text.Key, text.Value))];
}
