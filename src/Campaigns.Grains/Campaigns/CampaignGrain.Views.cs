using Campaigns.Contracts;
using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.RedPackets;
using Campaigns.Grains.Seeds;
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

        foreach (var (activityId, shards, hasPackets) in PoolShares.Pools(campaign))
        {
            for (var shard = 0; shard < shards; shard++)
            {
                var pool = GrainFactory.PacketPool(campaign.Id, activityId, shard);
                var stock = GrainFactory.Stock(campaign.Id, activityId);
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
            Rounds = Rounds(campaign, activity),
            Shards = activity is RedPacketActivity packets ? packets.Shards : 0,
            Local = activity is RedPacketActivity { IsLocal: true },
            FactsNeeded = [.. needs.Facts],
            NeedsTags = !needs.Tags.IsEmpty,
        };
    }

    private RoundSummary[] Rounds(Campaign campaign, Activity activity) => activity switch
    {
        RedPacketActivity packets => [.. packets.Rounds.Select(round =>
            Describe(campaign, activity, round.Id, round.From, round.Until, round.Count))],
        CheckInActivity checkIn when CheckInSeeds.NeedsSeed(checkIn) =>
        [
            Describe(
                campaign, activity, RedPacketActivity.OnlyRound, campaign.Schedule.Start, campaign.Schedule.End, 0),
        ],
        _ => [],
    };

    private RoundSummary Describe(
        Campaign campaign, Activity activity, string roundId, Instant from, Instant until, int count)
    {
        var seed = State.Life.Seeds.FirstOrDefault(one => one.ActivityId == activity.Id && one.Round == roundId);
        var now = Instant.FromUnixTimeMilliseconds(Journal.Now);
        var over = State.Life.Standing.PhaseAt(campaign.Schedule, activity, now)
            is Phase.Ended or Phase.Settled or Phase.Archived;
        return new RoundSummary(
            roundId,
            from.ToDateTimeOffset(),
            until.ToDateTimeOffset(),
            count,
            seed is null ? null : Convert.ToHexStringLower(seed.Commitment.AsSpan()),
            seed is not null && over ? mint.Open(campaign.Id, seed).ToHex() : null);
    }

    private static LocalizedText[] Texts(IEnumerable<KeyValuePair<string, string>> name) =>
        [.. name.Select(text => new LocalizedText(text.Key, text.Value))];
}
