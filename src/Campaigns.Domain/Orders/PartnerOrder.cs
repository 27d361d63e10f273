using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Orders;

/// <summary>
/// One order of a partner: unknown, reserved or cancelled beforehand. A reservation takes four steps, each a commit of
/// its owner but the first:
/// <code>
/// 1. user   soft-holds a place of the quota        (DiscountQuota.DecideHold)
/// 2. stock  holds the discount, with expiry        (HoldBook.DecideHold)
/// 3. user   accepts                                (DiscountQuota.DecideAccept)
/// 4. order  is reserved, and answered              (DecideReserve)
/// </code>
/// A refusal at 3 or 4 releases the stock's hold, which gives the quota back; a caller that disappears in between
/// leaves a hold that expires. The same order with the same request goes through the same steps again and finds what
/// was done before. One run at a time: a second request waits for the first one's end, else one could release what the
/// other reserves. What happens to a reserved order is decided by its stock alone.
/// </summary>
public sealed class PartnerOrder
{
    /// <summary>What was reserved, or null.</summary>
    public OrderReserved? Reserved { get; private set; }

    /// <summary>Cancelled before it was reserved.</summary>
    public bool IsTombstoned { get; private set; }

    /// <summary>
    /// How a request to reserve is answered from this stream alone: the first answer, KeyReused or Cancelled; null
    /// where the order is unknown and the steps begin.
    /// </summary>
    public Decision<OrderReserved>? Answer(ulong bodyHash)
    {
        if (IsTombstoned)
            return Refusal.Cancelled;
        if (Reserved is not { } reserved)
            return null;
        return reserved.BodyHash == bodyHash ? Decision<OrderReserved>.Replay(reserved) : Refusal.KeyReused;
    }

    /// <summary>
    /// Step 4. Looks again, for a cancellation or the same request may have come in between; on Cancelled or KeyReused
    /// the caller releases the stock's hold.
    /// </summary>
    public Decision<OrderReserved> DecideReserve(OrderReserved wanted) => Answer(wanted.BodyHash) ?? wanted;

    /// <summary>
    /// Cancels an order that is not reserved, a retry included. Refusal: Held where it is reserved, then the stock
    /// decides (<see cref="HoldBook.DecideRelease"/>).
    /// </summary>
    public Decision<OrderTombstoned> DecideCancel(string name)
    {
        if (Reserved is not null)
            return Refusal.Held;
        var tombstone = new OrderTombstoned(name);
        return IsTombstoned ? Decision<OrderTombstoned>.Replay(tombstone) : tombstone;
    }

    /// <summary>
    /// Why the stock need not be asked to confirm or return: NotFound, Cancelled; <see cref="Refusal.None"/> where it
    /// must be.
    /// </summary>
    public Refusal RefusalWithoutReservation => (Reserved, IsTombstoned) switch
    {
        (not null, _) => Refusal.None,
        (null, true) => Refusal.Cancelled,
        _ => Refusal.NotFound,
    };

    public void Apply(OrderReserved reserved)
    {
        RequireUnknown();
        Reserved = reserved;
    }

    public void Apply(OrderTombstoned tombstoned)
    {
        RequireUnknown();
        IsTombstoned = true;
    }

    /// <summary>The order as it is now; null where it is unknown.</summary>
    /// <param name="hold">What the stock says of a reserved order.</param>
    public OrderView? View(HoldView? hold)
    {
        if (IsTombstoned)
            return new OrderView(OrderState.Cancelled, 0, 0, null, 0, 0);
        if (Reserved is not { } reserved)
            return null;
        return hold is null
            ? throw new InvalidOperationException($"The stock does not know {reserved.Name}.")
            : new OrderView(
                OrderView.StateOf(hold.State),
                reserved.Off,
                reserved.Pay,
                reserved.ExpiresAt,
                hold.Refunded,
                hold.Returned);
    }

    private void RequireUnknown()
    {
        if (Reserved is not null || IsTombstoned)
            throw new InvalidOperationException("An order is reserved or cancelled once.");
    }
}
