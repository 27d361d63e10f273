using System.Numerics;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Stocks;

/// <summary>
/// A stock as one would write it on paper: a list of orders that every question goes through from the start. Answers
/// are the refusal's name or the event that a first call commits, so that a retry must give the same.
/// </summary>
internal sealed class NaiveStock(StockTerms terms, long money, long pieces)
{
    private readonly List<NaiveOrder> _orders = [];

    public bool IsClosed { get; private set; }

    private IEnumerable<NaiveOrder> Live =>
        _orders.Where(order => order.State is HoldState.Held or HoldState.Confirmed);

    public NaiveOrder? Find(StreamId order) => _orders.Find(each => each.Held.Order == order);

    public string Hold(HoldOrder command)
    {
        if (Find(command.Order) is { } known)
            return known.Held.BodyHash != command.BodyHash ? "KeyReused" : known.State switch
            {
                HoldState.Released => "Cancelled",
                HoldState.Expired => "Expired",
                _ => known.Held.ToString(),
            };
        if (IsClosed)
            return "Ended";
        if (Live.Where(order => order.Held.Day == command.Day).Sum(order => order.Held.Pieces) + command.Pieces
            > (terms.PiecesPerDay ?? int.MaxValue))
            return "Exhausted stockPerDay";
        if (terms.PiecesLimited && Live.Sum(order => order.Held.Pieces) + command.Pieces > pieces)
            return "Exhausted stock";
        if (terms.MoneyLimited && Live.Sum(order => order.Held.Amount - order.Returned) + command.Amount > money)
            return "BudgetExhausted";
        var held = new StockHeld
        {
            BodyHash = command.BodyHash,
            Order = command.Order,
            User = command.User,
            Merchant = command.Merchant,
            Amount = command.Amount,
            Payment = command.Payment,
            Pieces = command.Pieces,
            Day = command.Day,
            ExpiresAt = command.ExpiresAt,
        };
        _orders.Add(new NaiveOrder(held));
        return held.ToString();
    }

    public string Confirm(ConfirmHold command)
    {
        var confirmed = new StockConfirmed(command.Order, command.PaymentId);
        if (Find(command.Order) is not { } order)
            return "NotFound";
        if (order.State == HoldState.Released)
            return "Cancelled";
        if (order.State == HoldState.Expired)
            return "Expired";
        if (order.Confirmed is { } first)
            return first == command ? confirmed.ToString() : "KeyReused";
        if (order.Held.Payment != command.Paid)
            return $"Invalid $.paid must be {order.Held.Payment}";
        order.Confirmed = command;
        order.State = HoldState.Confirmed;
        return confirmed.ToString();
    }

    public string Release(StreamId id)
    {
        if (Find(id) is not { } order)
            return "NotFound";
        if (order.State == HoldState.Expired)
            return "Expired";
        if (order.Confirmed is not null)
            return "Confirmed";
        order.State = HoldState.Released;
        return new StockReleased(id).ToString();
    }

    public string Return(ReturnPayment command)
    {
        if (Find(command.Order) is not { } order)
            return "NotFound";
        if (order.Confirmed is null)
            return order.State switch { HoldState.Released => "Cancelled", var state => $"{state}" };
        if (order.Refunds.Find(refund => refund.RefundId == command.RefundId) is { } known)
            return known.Amount == command.Amount ? known.ToString() : "KeyReused";
        var left = order.Held.Payment - order.Refunded;
        var least = order is { Held.Payment: 0, State: HoldState.Confirmed } ? 0 : 1;
        if (command.Amount < least || command.Amount > left)
            return $"Invalid $.amount must be from {least} to {left}";
        var last = command.Amount == left;
        var due = last
            ? order.Held.Amount
            : (long)((BigInteger)order.Held.Amount * (order.Refunded + command.Amount) / order.Held.Payment);
        var returned = new StockReturned(
            command.Order, command.RefundId, command.Amount, due - order.Returned, last);
        order.Refunds.Add(returned);
        order.State = last ? HoldState.Returned : HoldState.Confirmed;
        return returned.ToString();
    }

    public void Expire(Instant now)
    {
        foreach (var order in _orders.Where(order => order.State == HoldState.Held && order.Held.ExpiresAt <= now))
            order.State = HoldState.Expired;
    }

    public void Fund(long moreMoney, long morePieces)
    {
        money += moreMoney;
        pieces += morePieces;
    }

    public void Close() => IsClosed = true;

    public StockAccount Money()
    {
        var held = _orders.Where(order => order.State == HoldState.Held).Sum(order => order.Held.Amount);
        var issued = _orders.Where(order => order.Confirmed is not null)
            .Sum(order => order.Held.Amount - order.Returned);
        return Account(terms.MoneyLimited, money, held, issued);
    }

    public StockAccount Pieces()
    {
        long Count(HoldState state) => _orders.Where(order => order.State == state).Sum(order => order.Held.Pieces);
        return Account(terms.PiecesLimited, pieces, Count(HoldState.Held), Count(HoldState.Confirmed));
    }

    public long TakenOn(LocalDate day) => Live.Where(order => order.Held.Day == day).Sum(order => order.Held.Pieces);

    /// <summary>The orders whose users must have their quota back.</summary>
    public IEnumerable<StreamId> CameToNothing =>
        _orders.Except(Live).Select(order => order.Held.Order).Order();

    private StockAccount Account(bool limited, long funded, long held, long issued)
    {
        var rest = limited ? funded - held - issued : 0;
        return new StockAccount(
            limited ? funded : held + issued, IsClosed ? 0 : rest, held, issued, IsClosed ? rest : 0);
    }

    internal sealed class NaiveOrder(StockHeld held)
    {
        public StockHeld Held => held;

        public HoldState State { get; set; } = HoldState.Held;

        public ConfirmHold? Confirmed { get; set; }

        public List<StockReturned> Refunds { get; } = [];

        public long Refunded => Refunds.Sum(refund => refund.Amount);

        public long Returned => Refunds.Sum(refund => refund.Value);
    }
}
