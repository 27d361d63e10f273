using Campaigns.Contracts;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using Campaigns.Grains.Access;
using Campaigns.Grains.Campaigns;
using Campaigns.Grains.Journal;
using Campaigns.Grains.Seeds;
using Campaigns.Ledger;
using NodaTime;
using DrawOutcome = Campaigns.Domain.RedPackets.DrawResult;

namespace Campaigns.Grains.Pools;

/// <summary>
/// One shard of a red-packet pool. A batch is decided in one piece and committed as one commit; every answer of the
/// batch, refusals too, is given after that commit.
/// </summary>
[Reentrant]
internal sealed partial class PacketPoolGrain(
    JournalServices services, LiveCampaigns campaigns, SeedVault vault, PoolMetrics metrics)
    : JournaledGrain<PacketPoolState>(services), IPacketPoolGrain
{
    private string _campaignId = "";
    private string _activityId = "";
    private int _shard;
    private long _seedsOf;

    protected override string StreamName => StreamNames.Pool(_campaignId, _activityId, _shard);

    protected override bool TakesCredits => true;

    protected override PacketPoolState NewState() => new(Services.Options.RecentEntries);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_campaignId, _activityId, _shard) = GrainKeys.ParsePool(this.GetPrimaryKeyString());
        await base.OnActivateAsync(cancellationToken);
        State.Pool?.Witness(Instant.FromUnixTimeMilliseconds(Journal.LastAt));
        StartRefundTimer();
    }

    public async Task<DrawReplies> Draw(DrawBatch batch)
    {
        var ready = await PrepareAsync();
        if (ready.Refusal != Outcome.Done)
        {
            return All(batch, ready.Refusal);
        }

        var replies = new DrawReply?[batch.Draws.Length];
        var later = new List<(int Draw, ClaimPlace Place, Outcome Outcome)>();
        var elsewhere = new List<int>();

        // Room for a row per draw, the opening row, and one seal per round: from here to Commit nothing yields.
        if (!Journal.TryBegin(batch.Draws.Length + 1 + ready.Activity!.Rounds.Length))
        {
            return All(batch, Outcome.Overloaded);
        }

        // The pool decides for no earlier time again, so its entries must not tell of one.
        Journal.Witness(ready.Now.ToUnixTimeMilliseconds());
        Open(ready);
        for (var draw = 0; draw < batch.Draws.Length; draw++)
        {
            replies[draw] = Decide(batch.Draws[draw], draw, ready, keyUnknownElsewhere: false, later, elsewhere);
        }

        Journal.Commit();
        foreach (var draw in elsewhere)
        {
            replies[draw] = await DecideAfterAskingAsync(batch.Draws[draw], draw, ready, later);
        }

        if (!await Journal.DurableAsync())
        {
            return All(batch, Outcome.Unavailable);
        }

        foreach (var (draw, place, outcome) in later)
        {
            replies[draw] = await AnswerFromRowAsync(place, outcome, ready.Activity);
        }

        return new DrawReplies(replies!);
    }

    public async Task<DrawReply> Find(string userId, Operation operation)
    {
        var ready = await PrepareAsync();
        if (ready.Refusal != Outcome.Done)
        {
            return new DrawReply(ready.Refusal);
        }

        if (State.Pool is not { } pool)
        {
            return new DrawReply(Outcome.NotFound);
        }

        Journal.Witness(ready.Now.ToUnixTimeMilliseconds());
        var found = pool.FindKey(
            StreamId.Of(StreamNames.User(userId)), operation.KeyHash, operation.BodyHash, ready.Now);
        var sealedOnce = pool.EverSealed;
        if (!await Journal.DurableAsync())
        {
            return new DrawReply(Outcome.Unavailable);
        }

        return found.Result switch
        {
            DrawOutcome.Replay => await AnswerFromRowAsync(found.Original, Outcome.Done, ready.Activity!),
            DrawOutcome.KeyReused => new DrawReply(Outcome.KeyReused),
            _ => new DrawReply(Outcome.NotFound, GoOn: sealedOnce),
        };
    }

    /// <summary>The definition to decide by, confirmed recently, or the reason why nothing can be decided.</summary>
    private async ValueTask<Ready> PrepareAsync()
    {
        if (Journal.IsLost)
        {
            return new Ready(Outcome.Unavailable);
        }

        LiveCampaign? live;
        try
        {
            live = await campaigns.GetAsync(_campaignId);
        }
        catch (StaleCacheException)
        {
            return new Ready(Outcome.Unavailable);
        }

        if (live?.Document.FindActivity(_activityId) is not RedPacketActivity activity || _shard >= activity.Shards)
        {
            return new Ready(Outcome.NotFound);
        }

        if (State.Pool is null && State.Funded == 0 && HasShare(live, activity))
        {
            // Approval funds the pool before it announces the campaign: the credit is there, this activation is older.
            if (!await Journal.TryPullCreditsAsync() || State.Funded == 0)
            {
                return new Ready(Outcome.Unavailable);
            }
        }

        var now = Instant.FromUnixTimeMilliseconds(Journal.Now);
        return Journal.IsLost
            ? new Ready(Outcome.Unavailable)
            : new Ready(Outcome.Done, live, activity, now, live.Document.Calendar.DayOf(now));
    }

    /// <summary>The stream's first entry, and the seeds in memory; part of a begun commit.</summary>
    private void Open(Ready ready)
    {
        if (State.Pool is not null && _seedsOf == ready.Live!.Definition.Version)
        {
            return;
        }

        var seeds = Seeds(ready.Live!, ready.Activity!);
        if (State.Pool is null)
        {
            var opened = PacketPool.Open(_campaignId, ready.Activity!, ready.DefinitionVersion, _shard, seeds);
            Journal.Stage(new EntryDraft(EntryKind.PacketPoolOpened, Payloads.Of(opened.Write)));
        }

        State.Pool!.UseSeeds(ready.Activity!, seeds);
        _seedsOf = ready.Live!.Definition.Version;
    }

    private List<Seed> Seeds(LiveCampaign live, RedPacketActivity activity) =>
        [.. activity.Rounds.Select(round => Seed.Of(live.OpenSeed(vault, _activityId, round.Id)))];

    /// <summary>Where there are fewer packets than shards, some shards are never funded: they are empty.</summary>
    private bool HasShare(LiveCampaign live, RedPacketActivity activity) =>
        PacketPool.Open(_campaignId, activity, definitionVersion: 1, _shard, Seeds(live, activity))
            .Rounds.Any(round => round.Total > 0);

    /// <summary>Null: the answer is made later, from a row or after asking other shards.</summary>
    private DrawReply? Decide(
        PoolDraw draw,
        int index,
        Ready ready,
        bool keyUnknownElsewhere,
        List<(int Draw, ClaimPlace Place, Outcome Outcome)> later,
        List<int>? elsewhere)
    {
        var pool = State.Pool!;
        var user = StreamId.Of(StreamNames.User(draw.UserId));
        var known = pool.FindKey(user, draw.Operation.KeyHash, draw.Operation.BodyHash, ready.Now);
        if (known.Result == DrawOutcome.Replay)
        {
            later.Add((index, known.Original, Outcome.Done));
            return null;
        }

        var access = ActivityAccess.Check(ready.Live!, ready.Activity!, draw.Facts, ready.Now);
        if (access.Refusal != Refusal.None && known.Result == DrawOutcome.None)
        {
            if (!keyUnknownElsewhere && pool.EverSealed && draw.Step + 1 < ready.Activity!.Shards)
            {
                // What the key won in a later shard stands, whatever is refused by now.
                elsewhere!.Add(index);
                return null;
            }

            return new DrawReply(Outcomes.Of(access.Refusal), Detail: access.Detail);
        }

        var command = CommandOf(draw, user, ready, access, keyUnknownElsewhere);
        var answer = pool.Decide(command, ready.Activity!);
        switch (answer.Result)
        {
            case DrawOutcome.Won:
                var won = Journal.Stage(new EntryDraft(
                    EntryKind.PacketDrawn, Payloads.Of(answer.Drawn!.Write), user, Units.Cash, answer.Amount));
                return new DrawReply(Outcome.Done, DrawResults.From(won, ready.Activity!, this.GetPrimaryKeyString()));
            case DrawOutcome.Empty:
                if (answer.Seal is { } seal)
                {
                    Journal.Stage(new EntryDraft(EntryKind.PacketRoundSealed, Payloads.Of(seal.Write)));
                }

                var last = draw.Step + 1 >= ready.Activity!.Shards;
                return new DrawReply(
                    Outcome.Exhausted, GoOn: !last, Prior: last ? null : PriorClaimsWire.Write(answer.Claims),
                    Round: ready.Activity.Rounds[answer.Round].Id);
            case DrawOutcome.AlreadyDrawn:
                later.Add((index, answer.Original, Outcome.AlreadyDrawn));
                return null;
            case DrawOutcome.KeyMayBeElsewhere:
                elsewhere!.Add(index);
                return null;
            default:
                return new DrawReply(OutcomeOf(answer.Result), Detail: answer.Limit);
        }
    }

    /// <summary>
    /// A shard once sealed has let draws go on: the key may have won behind it, whatever is open here now.
    /// </summary>
    private async Task<DrawReply?> DecideAfterAskingAsync(
        PoolDraw draw, int index, Ready ready, List<(int Draw, ClaimPlace Place, Outcome Outcome)> later)
    {
        for (var step = draw.Step + 1; step < ready.Activity!.Shards; step++)
        {
            var shard = ShardOrder.At(draw.UserId, ready.Activity.Shards, step);
            var found =
                await GrainFactory.PacketPool(_campaignId, _activityId, shard).Find(draw.UserId, draw.Operation);
            if (found.Outcome != Outcome.NotFound)
            {
                return found with { Replayed = found.Outcome == Outcome.Done };
            }

            if (!found.GoOn)
            {
                break;
            }
        }

        // Asking took its time: what was known of the campaign before may not hold any more.
        ready = await PrepareAsync();
        if (ready.Refusal != Outcome.Done)
        {
            return new DrawReply(ready.Refusal);
        }

        if (!Journal.TryBegin(2))
        {
            return new DrawReply(Outcome.Overloaded);
        }

        Journal.Witness(ready.Now.ToUnixTimeMilliseconds());
        Open(ready);
        var reply = Decide(draw, index, ready, keyUnknownElsewhere: true, later, null);
        Journal.Commit();
        return reply;
    }

    private async Task<DrawReply> AnswerFromRowAsync(ClaimPlace place, Outcome outcome, RedPacketActivity activity)
    {
        var key = GrainKeys.Pool(_campaignId, _activityId, place.Shard);
        var entry = place.Shard == _shard ? State.Recent(place.Version) : null;
        try
        {
            entry ??= await Services.VerifiedEntryAsync(
                StreamId.Of(StreamNames.Pool(_campaignId, _activityId, place.Shard)), place.Version);
        }
        catch (LedgerUnavailableException)
        {
            return new DrawReply(Outcome.Unavailable);
        }

        return entry is null
            ? new DrawReply(Outcome.Unavailable)
            : new DrawReply(outcome, DrawResults.From(entry, activity, key), Replayed: outcome == Outcome.Done);
    }

    private static DrawCommand CommandOf(
        PoolDraw draw, StreamId user, Ready ready, Admission access, bool keyUnknownElsewhere) => new()
        {
            User = user,
            KeyHash = draw.Operation.KeyHash,
            BodyHash = draw.Operation.BodyHash,
            Round = draw.Round,
            Now = ready.Now,
            Day = ready.Day,
            Segment = access.Segment,
            FactsVersion = draw.Facts.Version,
            DefinitionVersion = ready.DefinitionVersion,
            Prior = PriorClaimsWire.Read(draw.Prior),
            LimitsDecided = draw.LimitsHeld,
            KeyUnknownElsewhere = keyUnknownElsewhere,
            EarlyFrom = access.EarlyFrom,
        };

    private static Outcome OutcomeOf(DrawOutcome result) => result switch
    {
        DrawOutcome.KeyReused => Outcome.KeyReused,
        DrawOutcome.UnknownRound => Outcome.NotFound,
        DrawOutcome.NotStarted => Outcome.NotStarted,
        DrawOutcome.Ended => Outcome.Ended,
        DrawOutcome.QuotaExceeded => Outcome.QuotaExceeded,
        _ => throw new InvalidOperationException($"A draw cannot be answered with {result}."),
    };

    private static DrawReplies All(DrawBatch batch, Outcome outcome)
    {
        var replies = new DrawReply[batch.Draws.Length];
        Array.Fill(replies, new DrawReply(outcome));
        return new DrawReplies(replies);
    }

    /// <param name="Day">Business day of <paramref name="Now"/>, counted from 1970-01-01.</param>
    private readonly record struct Ready(
        Outcome Refusal,
        LiveCampaign? Live = null,
        RedPacketActivity? Activity = null,
        Instant Now = default,
        int Day = 0)
    {
        public int DefinitionVersion => checked((int)Live!.Definition.DocumentVersion);
    }
}
