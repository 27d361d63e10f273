using Campaigns.Contracts;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Time;
using Campaigns.Domain.Values;
using Campaigns.Grains.Access;
using Campaigns.Grains.Journal;
using Campaigns.Grains.Pools;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>
/// Draws that the pool alone cannot judge: because partners know facts that the token lacks, or because limits span
/// rounds on several shards. For the latter the user's grain first commits the intent, so that an answer that gets lost
/// still counts, then lets the draw go.
/// </summary>
internal sealed partial class UserGrain
{
    public async Task<DrawReply> Draw(UserDrawCommand command)
    {
        var found = await FindAsync<RedPacketActivity>(command.CampaignId, command.ActivityId);
        if (found.Outcome != Outcome.Done)
        {
            return new DrawReply(found.Outcome);
        }

        if (found.Activity!.IsLocal)
        {
            var ask = Ask(found, command, Known(command.Facts));
            return await Journal.DurableAsync()
                ? await WalkAsync(found.Activity, command, ask)
                : new DrawReply(Outcome.Unavailable);
        }

        // Were an intent settled as refused while its own draw is still on its way to the pool, that draw could be
        // granted later, uncounted.
        var reference = new ActivityRef(command.CampaignId, command.ActivityId);
        return await _turns.RunAsync(
            reference, () => DrawCountedAsync(reference, command), new DrawReply(Outcome.Unavailable));
    }

    private PoolDraw Ask(Found<RedPacketActivity> found, UserDrawCommand command, Facts facts) => new(
        UserId, command.Operation, Relevant(found, facts), command.Round, Step: 0, Prior: null,
        LimitsHeld: !found.Activity!.IsLocal);

    /// <summary>Asks the shards in the user's order until one grants or refuses for good.</summary>
    private async Task<DrawReply> WalkAsync(RedPacketActivity activity, UserDrawCommand command, PoolDraw ask)
    {
        var reply = new DrawReply(Outcome.Exhausted);
        for (var step = 0; step < activity.Shards; step++)
        {
            var shard = ShardOrder.At(UserId, activity.Shards, step);
            var batch = new DrawBatch([ask with { Step = step }]);
            reply =
                (await GrainFactory.PacketPool(command.CampaignId, command.ActivityId, shard).Draw(batch)).Replies[0];
            if (!reply.GoOn)
            {
                return reply;
            }

            ask = ask with { Prior = reply.Prior, Round = reply.Round };
        }

        return reply;
    }

    private async Task<DrawReply> DrawCountedAsync(ActivityRef reference, UserDrawCommand command)
    {
        if (!await TryPullAsync() || !await SettleOpenAsync(reference, command))
        {
            return new DrawReply(Outcome.Unavailable);
        }

        // Settling took its time: from here on nothing yields before the intent is staged.
        var found = await FindAsync<RedPacketActivity>(command.CampaignId, command.ActivityId);
        if (found.Outcome != Outcome.Done)
        {
            return new DrawReply(found.Outcome);
        }

        // The round is pinned before the limits are counted, so that the pool cannot grant in another one.
        var open = State.Intents.Open(reference).FirstOrDefault(intent => intent.KeyHash == command.Operation.KeyHash);
        command = command with { Round = command.Round ?? open?.Round ?? OpenRound(found.Activity!) };
        var facts = Known(command.Facts);
        var ask = Ask(found, command, facts);
        var now = Now;
        var access = ActivityAccess.Check(found.Live!, found.Activity!, facts, now);
        var known = Drawn(found.Activity!, command).FirstOrDefault(
            drawn => drawn.Packet.KeyHash == command.Operation.KeyHash);
        var day = LatestDay(found.Activity!, command, found.Live!.Document.Calendar.DayOf(now));
        if (known.Pool is null)
        {
            if (access.Refusal != Refusal.None)
            {
                return await Journal.DurableAsync()
                    ? new DrawReply(Outcomes.Of(access.Refusal), Detail: access.Detail)
                    : new DrawReply(Outcome.Unavailable);
            }

            if (command.Round is null && open is null)
            {
                // All rounds are over by this clock; by that of a pool one may be open, whose limit was not counted.
                return new DrawReply(await Journal.DurableAsync() ? Outcome.Ended : Outcome.Unavailable);
            }

            if (Exceeded(found.Activity!, command, day) is { } limit)
            {
                return await LimitReachedAsync(found.Activity!, limit);
            }

            if (open is null && Shut(found.Activity!, command.Round!) is { } shut)
            {
                return new DrawReply(await Journal.DurableAsync() ? shut : Outcome.Unavailable);
            }

            if (!Intend(reference, command, day))
            {
                return new DrawReply(Journal.IsLost ? Outcome.Unavailable : Outcome.Overloaded);
            }
        }

        if (!await Journal.DurableAsync())
        {
            return new DrawReply(Outcome.Unavailable);
        }

        ask = ask with { Prior = PriorClaimsWire.Write(default(UserClaims).On(day)) };
        var reply = await WalkAsync(found.Activity!, command, ask);
        await SettleAsync(reference, command.Operation.KeyHash, reply);
        return reply;
    }

    /// <summary>
    /// Intents whose answers were lost are asked again, under their own keys, before anything else is counted.
    /// </summary>
    private async Task<bool> SettleOpenAsync(ActivityRef reference, UserDrawCommand command)
    {
        foreach (var open in State.Intents.Open(reference)
            .Where(intent => intent.KeyHash != command.Operation.KeyHash).ToList())
        {
            var found = await FindAsync<RedPacketActivity>(command.CampaignId, command.ActivityId);
            if (found.Outcome != Outcome.Done)
            {
                return false;
            }

            var again = command with { Operation = new Operation(open.KeyHash, open.BodyHash), Round = open.Round };
            var reply = await WalkAsync(found.Activity!, again, Ask(found, again, Known(command.Facts)));
            if (!await SettleAsync(reference, open.KeyHash, reply))
            {
                return false;
            }
        }

        return !Journal.IsLost;
    }

    /// <summary>
    /// What the pool would say of a round that is not open. Said here it costs no intent: who taps early, taps often.
    /// </summary>
    private Outcome? Shut(RedPacketActivity activity, string id)
    {
        var round = RoundPlan.Find(activity, id);
        return round < 0 ? Outcome.NotFound
            : id == RedPacketActivity.OnlyRound ? null
            : Now < activity.Rounds[round].From ? Outcome.NotStarted
            : Now >= activity.Rounds[round].Until ? Outcome.Ended
            : null;
    }

    private bool Intend(ActivityRef reference, UserDrawCommand command, int day)
    {
        if (State.Intents.Open(reference).Any(intent => intent.KeyHash == command.Operation.KeyHash))
        {
            return !Journal.IsLost;
        }

        var intent = new DrawIntended(
            reference, command.Operation.KeyHash, command.Operation.BodyHash, command.Round, day);
        return !Journal.IsLost
            && Journal.TryAppend(new EntryDraft(EntryKind.DrawIntended, intent.Write())) is not null;
    }

    /// <summary>False where the pool's answer is not definite yet: the intent stays open.</summary>
    private async Task<bool> SettleAsync(ActivityRef reference, ulong keyHash, DrawReply reply)
    {
        if (reply.Outcome is Outcome.Unavailable or Outcome.Overloaded || Journal.IsLost)
        {
            return false;
        }

        if (reply.Outcome == Outcome.Done && !await TryPullAsync())
        {
            return false;
        }

        if (State.Intents.Open(reference).Any(intent => intent.KeyHash == keyHash))
        {
            var settled = new DrawSettled(reference, keyHash);
            return !Journal.IsLost
                && Journal.TryAppend(new EntryDraft(EntryKind.DrawSettled, settled.Write())) is not null;
        }

        return true;
    }

    /// <summary>A pool's clock may have shown a later day than this grain's; the user's day never runs back.</summary>
    private int LatestDay(RedPacketActivity activity, UserDrawCommand command, int today) =>
        Drawn(activity, command).Select(drawn => drawn.Packet.Day).Append(today).Max();

    private IEnumerable<(string? Pool, int Shard, DrawnPacket Packet)> Drawn(
        RedPacketActivity activity, UserDrawCommand command)
    {
        for (var shard = 0; shard < activity.Shards; shard++)
        {
            var pool = StreamNames.Pool(command.CampaignId, command.ActivityId, shard);
            foreach (var packet in State.Draws.From(StreamId.Of(pool)))
            {
                yield return (pool, shard, packet);
            }
        }
    }

    private LimitReached? Exceeded(RedPacketActivity activity, UserDrawCommand command, int day)
    {
        var reference = new ActivityRef(command.CampaignId, command.ActivityId);
        var drawn = Drawn(activity, command).OrderBy(one => one.Packet.Day).ToList();
        var open = State.Intents.Open(reference).Where(intent => intent.KeyHash != command.Operation.KeyHash).ToList();
        var month = BusinessCalendar.MonthOf(BusinessCalendar.DateOf(day));
        var round = command.Round is null ? -1 : RoundPlan.Find(activity, command.Round);
        return Check(activity.PerUser.PerRound, "perRound", (_, that) => that == round)
            ?? Check(activity.PerUser.PerDay, "perDay", (that, _) => that == day)
            ?? Check(activity.PerUser.PerMonth, "perMonth",
                (that, _) => BusinessCalendar.MonthOf(BusinessCalendar.DateOf(that)) == month)
            ?? Check(activity.PerUser.Total, "total", (_, _) => true);

        LimitReached? Check(int? limit, string name, Func<int, int, bool> counts)
        {
            var inWindow = drawn.Where(one => counts(one.Packet.Day, one.Packet.Round)).ToList();
            var pending = open.Count(intent =>
                counts(intent.Day, intent.Round is null ? -1 : RoundPlan.Find(activity, intent.Round)));
            return limit is { } most && inWindow.Count + pending >= most
                ? new LimitReached(name, most, inWindow.Count > 0 ? inWindow[^1] : null)
                : null;
        }
    }

    private string? OpenRound(RedPacketActivity activity) =>
        RoundPlan.OpenOrNext(activity, Now) is >= 0 and var round ? activity.Rounds[round].Id : null;

    private async Task<DrawReply> LimitReachedAsync(RedPacketActivity activity, LimitReached limit)
    {
        if (!await Journal.DurableAsync())
        {
            return new DrawReply(Outcome.Unavailable);
        }

        if (limit.Limit != 1 || limit.Last is not { Pool: { } pool } last)
        {
            return new DrawReply(Outcome.QuotaExceeded, Detail: limit.Name);
        }

        Entry? row;
        try
        {
            row = await Services.VerifiedEntryAsync(StreamId.Of(pool), last.Packet.Version);
        }
        catch (LedgerUnavailableException)
        {
            return new DrawReply(Outcome.Unavailable);
        }

        var key = pool[(pool.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return new DrawReply(
            Outcome.AlreadyDrawn, row is null ? null : DrawResults.From(row, activity, key), Detail: limit.Name);
    }

    /// <summary>What the pool needs to judge its conditions, no more.</summary>
    private static FactSet Relevant(Found<RedPacketActivity> found, Facts facts)
    {
        var needs = found.Live!.Needs(found.Activity!);
        var relevant = facts.Values.Where(fact => needs.Facts.Contains(fact.Key))
            .Select(fact => FactsWire.Write(fact.Key, fact.Value.Value));
        return new FactSet([.. relevant], facts.Version, [.. needs.Tags.Where(facts.Tags.Contains)]);
    }

    private sealed record LimitReached(string Name, int Limit, (string? Pool, int Shard, DrawnPacket Packet)? Last);
}
