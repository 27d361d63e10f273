using Campaigns.Contracts;
using Campaigns.Domain.Orders;
using Campaigns.Domain.Time;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using NodaTime;
using OrderState = Campaigns.Contracts.OrderState;
using OrderView = Campaigns.Contracts.OrderView;

namespace Campaigns.Grains.Orders;

/// <summary>A partner's order; see <see cref="PartnerOrder"/> for the steps of a reservation.</summary>
[Reentrant]
internal sealed class OrderGrain(JournalServices services)
    : JournaledGrain<OrderGrainState>(services), IOrderGrain
{
    private Task? _reserving;

    protected override string StreamName => "order/" + this.GetPrimaryKeyString();

    private string OrderId
    {
        get
        {
            var key = this.GetPrimaryKeyString();
            return key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
        }
    }

    protected override OrderGrainState NewState() => new();

    public async Task<OrderReply> Reserve(ReserveCommand command)
    {
        // One run of the steps at a time: one could release what the other reserves.
        while (_reserving is { } running)
        {
            try
            {
                await running.WaitAsync(Services.Options.DurabilityWait, Services.Time);
            }
            catch (TimeoutException)
            {
                return new OrderReply(Outcome.Unavailable);
            }
        }

        // Completed by a turn, so whoever waits goes on in this grain and not by way of the thread pool.
        var turn = new TaskCompletionSource();
        _reserving = turn.Task;
        try
        {
            return await ReserveInTurnAsync(command);
        }
        finally
        {
            _reserving = null;
            turn.SetResult();
        }
    }

    private async Task<OrderReply> ReserveInTurnAsync(ReserveCommand command)
    {
        if (State.Order.Answer(command.BodyHash) is { } known)
        {
            return await AnswerAsync(known);
        }

        var held = await GrainFactory.User(command.UserId).HoldDiscount(new DiscountHoldCommand(
            StreamName,
            command.CampaignId,
            command.ActivityId,
            command.MerchantId,
            Channel: null,
            command.Amount,
            command.BodyHash));
        if (held.Outcome != Outcome.Done)
        {
            return new OrderReply(held.Outcome, Detail: held.Detail);
        }

        if (Journal.IsLost)
        {
            return new OrderReply(Outcome.Unavailable);
        }

        var decision = State.Order.DecideReserve(Wanted(command, held.Hold!));
        if (decision.Accepted
            && Journal.TryAppend(new EntryDraft(EntryKind.OrderReserved, Payloads.Of(decision.Event.Write))) is null)
        {
            return new OrderReply(Outcome.Overloaded);
        }

        if (decision.Event is null)
        {
            await Stock(command.CampaignId, command.ActivityId).Act(
                new HoldAction(StreamName, HoldVerb.Release, null, 0, 0));
        }

        return await AnswerAsync(decision);
    }

    public Task<OrderReply> Confirm(ConfirmCommand command) =>
        ActAsync(new HoldAction(StreamName, HoldVerb.Confirm, command.PaymentId, command.Paid, command.BodyHash));

    public Task<OrderReply> Refund(RefundCommand command) =>
        ActAsync(new HoldAction(StreamName, HoldVerb.Return, command.RefundId, command.Amount, command.BodyHash));

    public async Task<OrderReply> Cancel()
    {
        if (State.Order.Reserved is not null)
        {
            return await ActAsync(new HoldAction(StreamName, HoldVerb.Release, null, 0, 0));
        }

        var decision = State.Order.DecideCancel(StreamName);
        if (decision.Accepted
            && (Journal.IsLost || Journal.TryAppend(
                new EntryDraft(EntryKind.OrderTombstoned, Payloads.Of(decision.Event.Write))) is null))
        {
            return new OrderReply(Journal.IsLost ? Outcome.Unavailable : Outcome.Overloaded);
        }

        return await Journal.DurableAsync()
            ? new OrderReply(Outcome.Done, Tombstone(), decision.Replayed)
            : new OrderReply(Outcome.Unavailable);
    }

    public async Task<OrderReply> Get()
    {
        if (!await Journal.DurableAsync())
        {
            return new OrderReply(Outcome.Unavailable);
        }

        if (State.Order.IsTombstoned)
        {
            return new OrderReply(Outcome.Done, Tombstone());
        }

        if (State.Order.Reserved is not { } reserved)
        {
            return new OrderReply(Outcome.NotFound);
        }

        var hold = await Stock(reserved.CampaignId, reserved.ActivityId).Get(StreamName);
        return hold.Outcome == Outcome.Done
            ? new OrderReply(Outcome.Done, Describe(reserved, hold.Hold!))
            : new OrderReply(hold.Outcome, Detail: hold.Detail);
    }

    /// <summary>What happens to a reserved order is its stock's to decide.</summary>
    private async Task<OrderReply> ActAsync(HoldAction action)
    {
        if (!await Journal.DurableAsync())
        {
            return new OrderReply(Outcome.Unavailable);
        }

        if (State.Order.RefusalWithoutReservation is var refusal and not Refusal.None)
        {
            return new OrderReply(Outcomes.Of(refusal));
        }

        var reserved = State.Order.Reserved!;
        var reply = await Stock(reserved.CampaignId, reserved.ActivityId).Act(action);
        return reply.Outcome == Outcome.Done
            ? new OrderReply(Outcome.Done, Describe(reserved, reply.Hold!), reply.Replayed)
            : new OrderReply(reply.Outcome, Detail: reply.Detail);
    }

    private async Task<OrderReply> AnswerAsync(Decision<OrderReserved> decision)
    {
        if (!await Journal.DurableAsync())
        {
            return new OrderReply(Outcome.Unavailable);
        }

        return decision.Event is { } reserved
            ? new OrderReply(
                Outcome.Done,
                new OrderView(
                    OrderId, OrderState.Reserved, reserved.Off, reserved.Pay, reserved.ExpiresAt.ToDateTimeOffset(),
                    0, 0),
                decision.Replayed)
            : new OrderReply(Outcomes.Of(decision.Refusal), Detail: decision.Detail);
    }

    private OrderReserved Wanted(ReserveCommand command, HoldView hold) => new()
    {
        Name = StreamName,
        BodyHash = command.BodyHash,
        User = StreamId.Of(StreamNames.User(command.UserId)),
        CampaignId = command.CampaignId,
        ActivityId = command.ActivityId,
        MerchantId = command.MerchantId,
        Amount = command.Amount,
        Off = hold.Money,
        Day = BusinessCalendar.DateOf(hold.Day),
        ExpiresAt = Instant.FromDateTimeOffset(hold.ExpiresAt),
    };

    private OrderView Tombstone() => new(OrderId, OrderState.Cancelled, 0, 0, null, 0, 0);

    private OrderView Describe(OrderReserved reserved, HoldView hold) => new(
        OrderId,
        hold.State switch
        {
            HoldState.Held => OrderState.Reserved,
            HoldState.Confirmed => OrderState.Confirmed,
            HoldState.Released => OrderState.Cancelled,
            HoldState.Expired => OrderState.Expired,
            _ => OrderState.Refunded,
        },
        reserved.Off,
        reserved.Pay,
        reserved.ExpiresAt.ToDateTimeOffset(),
        hold.Refunded,
        hold.Returned);

    private IStockGrain Stock(string campaignId, string activityId) => GrainFactory.Stock(campaignId, activityId);
}
