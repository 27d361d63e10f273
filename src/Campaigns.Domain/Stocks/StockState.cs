using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Stocks;

/// <summary>
/// What a stock has become by its events. Apply alone changes it and trusts nothing: what cannot be throws.
/// </summary>
internal sealed class StockState
{
    /// <summary>Time of a hold that never expires.</summary>
    public const long Never = long.MaxValue;

    public StockTerms? Terms
    {
        get;
        private set
        {
            if (value is not null && value.Name != field?.Name)
                OwnAccounts = (StreamId.Of(value.Name), StreamId.Of(StreamNames.Held(value.Name)));
            field = value;
        }
    }

    /// <summary>The stock's account and its held account.</summary>
    public (StreamId Stock, StreamId Held) OwnAccounts { get; private set; }

    public StockClosed? Closed { get; private set; }

    public long FundingVersion { get; private set; }

    public StockBalance Money { get; private set; } = new(limited: true);

    public StockBalance Pieces { get; private set; } = new(limited: true);

    public HoldTable Holds { get; } = new();

    public RefundTable Refunds { get; } = new();

    public MerchantTable Merchants { get; } = new();

    /// <summary>Standing holds by the time of their expiry, then in the order in which they were held.</summary>
    public SortedSet<(long ExpiresAt, int Hold)> Expiries { get; } = [];

    /// <summary>Pieces held or issued per business day, by day number.</summary>
    public SortedDictionary<int, long> TakenPerDay { get; } = [];

    /// <summary>Everything but the orders of the first <paramref name="segments"/> segments.</summary>
    public void Write(PayloadWriter writer, int segments)
    {
        writer.Flag(Terms is not null);
        if (Terms is null)
            return;
        Terms.Write(writer);
        writer.Flag(Closed is not null);
        Closed?.Write(writer);
        writer.Signed(FundingVersion);
        Money.Write(writer);
        Pieces.Write(writer);
        Merchants.Write(writer);
        writer.Unsigned((ulong)segments);
        StockSegments.Write(writer, Holds, segments * StockSegments.Size, Holds.Count);
        Refunds.Write(writer);
    }

    /// <summary>The state that <see cref="Write"/> wrote, with the orders of the segments that it left out.</summary>
    public static StockState Read(ref PayloadReader reader, IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        var state = new StockState();
        if (!reader.Flag())
            return state;
        state.Terms = StockTerms.Read(ref reader);
        state.Closed = reader.Flag() ? StockClosed.Read(ref reader) : null;
        state.FundingVersion = reader.Signed();
        state.Money = StockBalance.Read(ref reader, state.Terms.MoneyLimited);
        state.Pieces = StockBalance.Read(ref reader, state.Terms.PiecesLimited);
        state.Merchants.Read(ref reader, state.Terms.Name);
        var needed = (int)reader.Unsigned();
        for (var segment = 0; segment < needed; segment++)
        {
            var orders = new PayloadReader(segments[segment].Span);
            StockSegments.Read(ref orders, state.Restore);
        }

        StockSegments.Read(ref reader, state.Restore);
        RefundTable.Read(ref reader, refund => state.Remember(refund));
        return state;
    }

    public void Apply(StockEvent happened)
    {
        switch (happened)
        {
            case StockOpened opened:
                Open(opened.Terms);
                break;
            case StockFunded funded:
                Fund(funded.FundingVersion, funded.Money, funded.Pieces);
                Terms = Terms! with { PiecesPerDay = funded.PiecesPerDay };
                break;
            case StockRefunded refunded:
                Fund(refunded.FundingVersion, refunded.Money, refunded.Pieces);
                Refund(refunded.Money, refunded.Pieces);
                break;
            case StockHeld held:
                Hold(held);
                break;
            case StockConfirmed confirmed:
                Confirm(ref Settle(confirmed.Order, HoldState.Confirmed), confirmed.PaymentId);
                break;
            case StockReleased released:
                TakeBack(Settle(released.Order, HoldState.Released));
                break;
            case StockExpired expired:
                TakeBack(Settle(expired.Order, HoldState.Expired));
                break;
            case StockReturned returned:
                Return(returned);
                break;
            case StockClosed closed:
                Closed = closed;
                Refund(closed.Money, closed.Pieces);
                break;
            case QuotaRestored:
                break;
            default:
                throw new InvalidOperationException($"A stock knows nothing of {happened}.");
        }
    }

    private void Open(StockTerms terms)
    {
        if (Terms is not null)
            throw new InvalidOperationException("The stock is open already.");
        Terms = terms;
        Money = new StockBalance(terms.MoneyLimited);
        Pieces = new StockBalance(terms.PiecesLimited);
    }

    private void Fund(long version, long money, long pieces)
    {
        Money.Fund(money);
        Pieces.Fund(pieces);
        FundingVersion = Math.Max(version, FundingVersion);
    }

    private void Refund(long money, long pieces)
    {
        Money.Refund(money);
        Pieces.Refund(pieces);
    }

    private void Hold(StockHeld held)
    {
        Money.Hold(held.Amount);
        Pieces.Hold(held.Pieces);
        var row = new HoldRow
        {
            Order = held.Order,
            User = held.User,
            BodyHash = held.BodyHash,
            Amount = held.Amount,
            Payment = held.Payment,
            ExpiresAt = held.ExpiresAt?.ToUnixTimeMilliseconds() ?? Never,
            Merchant = Merchants.NumberOf(held.Merchant, Terms!.Name),
            Day = PayloadTimes.DayNumber(held.Day),
            Pieces = held.Pieces,
            State = HoldState.Held,
        };
        Restore(row);
    }

    private void Restore(HoldRow row)
    {
        var hold = Holds.Add(row);
        if (row.State is HoldState.Held && row.ExpiresAt != Never)
            Expiries.Add((row.ExpiresAt, hold));
        if (row.State is HoldState.Held or HoldState.Confirmed)
            Take(row.Day, row.Pieces);
    }

    private ref HoldRow Settle(StreamId order, HoldState state)
    {
        var hold = Holds.Find(order);
        if (hold < 0 || Holds[hold].State != HoldState.Held)
            throw new InvalidOperationException($"Order {order} is not held and cannot become {state}.");
        ref var row = ref Holds[hold];
        row.State = state;
        Expiries.Remove((row.ExpiresAt, hold));
        return ref row;
    }

    private void Confirm(ref HoldRow row, string paymentId)
    {
        row.PaymentHash = ShortHash.Of(paymentId);
        Money.Issue(row.Amount);
        Pieces.Issue(row.Pieces);
    }

    private void TakeBack(in HoldRow row)
    {
        Money.Release(row.Amount, Closed is not null);
        Pieces.Release(row.Pieces, Closed is not null);
        Take(row.Day, -row.Pieces);
    }

    private void Return(StockReturned returned)
    {
        var hold = Holds.Find(returned.Order);
        if (hold < 0 || Holds[hold].State != HoldState.Confirmed)
            throw new InvalidOperationException($"Order {returned.Order} was not confirmed and cannot be returned.");
        Money.Return(returned.Value, Closed is not null);
        if (returned.Last)
            Pieces.Return(Holds[hold].Pieces, Closed is not null);
        Remember(new RefundRow(
            hold, ShortHash.Of(returned.RefundId), returned.Amount, returned.Value, returned.Last));
    }

    private void Remember(in RefundRow refund)
    {
        Refunds.Add(refund);
        ref var row = ref Holds[refund.Hold];
        row.Refunded += refund.Amount;
        if (!refund.Last)
            return;
        row.State = HoldState.Returned;
        Take(row.Day, -row.Pieces);
    }

    private void Take(int day, int pieces)
    {
        var taken = TakenPerDay.GetValueOrDefault(day) + pieces;
        if (taken == 0)
            TakenPerDay.Remove(day);
        else
            TakenPerDay[day] = taken;
    }
}
