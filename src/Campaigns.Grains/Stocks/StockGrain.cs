using Campaigns.Contracts;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Time;
using Campaigns.Domain.Values;
using Campaigns.Grains.Campaigns;
using Campaigns.Grains.Journal;
using Campaigns.Grains.Pools;
using NodaTime;
using HoldState = Campaigns.Contracts.HoldState;
using HoldView = Campaigns.Contracts.HoldView;

namespace Campaigns.Grains.Stocks;

/// <summary>A stock with holds; see <see cref="HoldBook"/> for its rules.</summary>
[Reentrant]
internal sealed partial class StockGrain(JournalServices services, LiveCampaigns campaigns, PoolMetrics metrics)
    : JournaledGrain<StockGrainState>(services), IStockGrain
{
    private const int RowsPerEvent = 2;
    private const int MostDueAtOnce = 500;

    /// <summary>An order that nobody can place: their names have a slash.</summary>
    private static readonly StreamId Nobodys = StreamId.Of("quote");

    private string _campaignId = "";
    private string _activityId = "";
    private int _number;

    protected override string StreamName => StreamNames.Pool(_campaignId, _activityId, _number);

    protected override bool TakesCredits => true;

    protected override StockGrainState NewState() => new();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_campaignId, _activityId, _number) = GrainKeys.ParsePool(this.GetPrimaryKeyString());
        await base.OnActivateAsync(cancellationToken);
        StartTimer();
    }

    public Task<HoldReply> Hold(HoldCommand command) =>
        DecideAsync(command.OrderKey, (book, now) => Held(book, command, now, confirm: false));

    public Task<HoldReply> Grant(HoldCommand command) =>
        DecideAsync(command.OrderKey, (book, now) => Held(book, command, now, confirm: true));

    public Task<HoldReply> Act(HoldAction action) => DecideAsync(action.OrderKey, (book, now) =>
    {
        var order = StreamId.Of(action.OrderKey);
        return action.Verb switch
        {
            HoldVerb.Confirm => Take(book.DecideConfirm(new ConfirmHold(order, action.Reference!, action.Amount), now)),
            HoldVerb.Release => Take(book.DecideRelease(order, now)),
            _ => Take(book.DecideReturn(new ReturnPayment(order, action.Reference!, action.Amount), now)),
        };
    });

    public async Task<Outcome> HasRoom(long money, int day)
    {
        var ready = await PrepareAsync();
        if (ready.Outcome != Outcome.Done)
        {
            return ready.Outcome;
        }

        var now = Instant.FromUnixTimeMilliseconds(Journal.Now);
        if (!TryBegin(1, now))
        {
            return Outcome.Overloaded;
        }

        StageDue(ready, now);
        var decision = State.Book.DecideHold(
            new HoldOrder
            {
                Order = Nobodys,
                User = StreamId.None,
                Amount = money,
                Day = BusinessCalendar.DateOf(day),
                BodyHash = 0,
            },
            now);
        Journal.Commit();
        return !await Journal.DurableAsync() ? Outcome.Unavailable
            : decision.Accepted ? Outcome.Done
            : Outcomes.Of(decision.Refusal);
    }

    public Task<HoldReply> Get(string orderKey) => DecideAsync(orderKey, (book, _) =>
        book.Find(StreamId.Of(orderKey)) is null ? new Step(Refusal.NotFound) : new Step(Refusal.None));

    /// <summary>
    /// Loads what is needed, decides in one piece together with what is due, and answers once it is durable.
    /// </summary>
    private async Task<HoldReply> DecideAsync(string orderKey, Func<HoldBook, Instant, Step> decide)
    {
        var ready = await PrepareAsync();
        if (ready.Outcome != Outcome.Done)
        {
            return new HoldReply(ready.Outcome);
        }

        // One instant for all of it: what fell due between two looks at the clock would be decided on as if it stood.
        var now = Instant.FromUnixTimeMilliseconds(Journal.Now);
        if (!TryBegin(2, now))
        {
            return new HoldReply(Outcome.Overloaded);
        }

        StageDue(ready, now);
        var step = decide(State.Book, now);
        var view = State.Book.Find(StreamId.Of(orderKey));
        Journal.Commit();
        if (!await Journal.DurableAsync())
        {
            return new HoldReply(Outcome.Unavailable);
        }

        return step.Refusal == Refusal.None
            ? new HoldReply(Outcome.Done, Write(view!, step), step.Replayed)
            : new HoldReply(Outcomes.Of(step.Refusal), Detail: step.Detail);
    }

    private Step Held(HoldBook book, HoldCommand command, Instant now, bool confirm)
    {
        var order = StreamId.Of(command.OrderKey);
        var step = Take(book.DecideHold(
            new HoldOrder
            {
                Order = order,
                User = StreamId.Of(StreamNames.User(command.UserId)),
                Merchant = command.MerchantId ?? "",
                Amount = command.Money,
                Payment = command.Payment,
                Pieces = Math.Max(1, command.Pieces),
                Day = BusinessCalendar.DateOf(command.Day),
                ExpiresAt = command.ForSeconds > 0 ? now + Duration.FromSeconds(command.ForSeconds) : null,
                BodyHash = command.BodyHash,
            },
            now));
        if (!confirm || step.Refusal != Refusal.None)
        {
            return step;
        }

        return Take(book.DecideConfirm(new ConfirmHold(order, command.OrderKey, command.Payment), now));
    }

    private Step Take<TEvent>(Decision<TEvent> decision)
        where TEvent : StockEvent
    {
        if (decision.Accepted)
        {
            Stage(decision.Event);
        }

        return decision.Event is null
            ? new Step(decision.Refusal, Detail: decision.Detail)
            : new Step(Refusal.None, decision.Replayed, Event: decision.Event);
    }

    private void Stage(StockEvent happened)
    {
        // The rows are asked for before the first of them is applied: they tell of the state that the event met.
        foreach (var row in State.Book.Entries(happened))
        {
            Journal.Stage(new EntryDraft(row.Kind, row.Payload.ToArray(), row.Credit, row.Unit, row.Amount));
        }
    }

    private bool TryBegin(int events, Instant now)
    {
        // Holds that ended during a long absence would not fit the committer's queue at once: some at a time.
        var due = State.Book.Due(now);
        for (; due.Length > MostDueAtOnce; due = due[MostDueAtOnce..])
        {
            if (!Journal.TryBegin(RowsPerEvent * MostDueAtOnce))
            {
                return false;
            }

            foreach (var expired in due[..MostDueAtOnce])
            {
                Stage(expired);
            }

            Journal.Commit();
        }

        return Journal.TryBegin(RowsPerEvent * (events + due.Length + State.UnmetCount + 1));
    }

    private void StageDue(Ready ready, Instant now)
    {
        if (State.Book is { IsOpen: false, IsClosed: false })
        {
            Stage(State.Book.DecideOpen(ready.Terms!).Event!);
        }

        foreach (var funding in State.Unmet.ToList())
        {
            Take(State.Book.DecideFund(funding));
        }

        foreach (var expired in State.Book.Due(now))
        {
            Stage(expired);
        }
    }

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

        if (live?.FindStock(_activityId, _number) is not { } plan)
        {
            return new Ready(Outcome.NotFound);
        }

        // An approval funds the stock before it is announced: what is missing is there, this activation is older.
        if (!State.WasGiven(plan) && (!await Journal.TryPullCreditsAsync() || !State.WasGiven(plan)))
        {
            return new Ready(Outcome.Unavailable);
        }

        return Journal.IsLost ? new Ready(Outcome.Unavailable) : new Ready(Outcome.Done, live, plan.Terms);
    }

    private static HoldView Write(Domain.Stocks.HoldView view, Step step)
    {
        // A retried confirmation or refund is answered as it was then, whatever has happened to the order since.
        var state = step.Event switch
        {
            StockHeld => HoldState.Held,
            StockConfirmed => HoldState.Confirmed,
            StockReturned returned => returned.Last ? HoldState.Returned : HoldState.Confirmed,
            StockReleased => HoldState.Released,
            _ => Enum.Parse<HoldState>(view.State.ToString()),
        };
        var (refunded, back) = step.Event switch
        {
            null => (view.Refunded, view.Returned),
            StockReturned returned => (returned.Amount, returned.Value),
            _ => (0L, 0L),
        };
        return new HoldView(
            state,
            view.Amount,
            back,
            (view.ExpiresAt ?? Instant.FromUnixTimeMilliseconds(0)).ToDateTimeOffset(),
            BusinessCalendar.DayOf(view.Day),
            view.Payment,
            refunded);
    }

    private readonly record struct Ready(
        Outcome Outcome, LiveCampaign? Live = null, StockTerms? Terms = null);

    /// <summary>How one decision went; Event is null where the order was only looked at.</summary>
    private readonly record struct Step(
        Refusal Refusal, bool Replayed = false, string? Detail = null, StockEvent? Event = null);
}
