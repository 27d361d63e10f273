using System.Collections.Immutable;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Stocks;

/// <summary>
/// A finite stock of money, pieces or both, of which orders reserve a part and then confirm or give it up. One stream;
/// Decide reads, Apply alone changes, replay runs the same Apply. The times given must not run backwards (the stream's
/// time). An expiry is committed before it is shown: where <see cref="Due"/> is not empty, decisions that depend on
/// time throw until those events are applied.
/// </summary>
public sealed class HoldBook
{
    private readonly StockState _state;
    private int _frozen;

    public HoldBook()
        : this(new StockState())
    {
    }

    private HoldBook(StockState state) => _state = state;

    public bool IsOpen => _state.Terms is not null && _state.Closed is null;

    public bool IsClosed => _state.Closed is not null;

    /// <summary>
    /// What the stock was opened with and its present daily bound; throws before <see cref="StockOpened"/>.
    /// </summary>
    public StockTerms Terms => _state.Terms ?? throw new InvalidOperationException("The stock is not open yet.");

    /// <summary>Minor units of <see cref="StockTerms.Unit"/>.</summary>
    public StockAccount Money => _state.Money.Account;

    public StockAccount Pieces => _state.Pieces.Account;

    /// <summary>The last entry of the campaign's stream that the stock has met.</summary>
    public long FundingVersion => _state.FundingVersion;

    /// <summary>When the next hold expires, for the timer; null where none will.</summary>
    public Instant? NextExpiry => _state.Expiries.Count == 0 ? null : TimeOf(_state.Expiries.Min.ExpiresAt);

    public HoldView? Find(StreamId order) =>
        _state.Holds.Find(order) is >= 0 and var hold ? ViewOf(_state.Holds[hold]) : null;

    /// <summary>Pieces held or issued on a business day.</summary>
    public long TakenOn(LocalDate day) => _state.TakenPerDay.GetValueOrDefault(PayloadTimes.DayNumber(day));

    public Decision<StockOpened> DecideOpen(StockTerms terms)
    {
        if (terms.Payee is not (StockPayee.Merchant or StockPayee.User))
            throw new ArgumentException("A stock pays merchants or users.", nameof(terms));
        return _state.Terms is { } opened
            ? Decision<StockOpened>.Replay(new StockOpened(opened))
            : new StockOpened(terms);
    }

    /// <summary>
    /// <see cref="StockFunded"/>, or <see cref="StockRefunded"/> where the stock is closed. A share met before is
    /// replayed with what the command says.
    /// </summary>
    public Decision<StockEvent> DecideFund(FundStock command)
    {
        var funded = new StockFunded(
            command.FundingVersion, command.Money, command.Pieces, command.PiecesPerDay ?? Terms.PiecesPerDay);
        if (command.FundingVersion <= FundingVersion)
            return Decision<StockEvent>.Replay(funded);
        if (!_state.Money.CanFund(command.Money) || !_state.Pieces.CanFund(command.Pieces))
            throw new ArgumentException($"The stock cannot take {command}.", nameof(command));
        return IsClosed ? new StockRefunded(command.FundingVersion, command.Money, command.Pieces) : funded;
    }

    /// <summary>
    /// Reserves. Refusals: KeyReused, Cancelled, Expired for an order that is known; Ended; Exhausted with detail
    /// <c>stockPerDay</c> or <c>stock</c>; BudgetExhausted.
    /// </summary>
    public Decision<StockHeld> DecideHold(HoldOrder command, Instant now)
    {
        RequireExpired(now);
        RequireSound(command);
        if (_state.Holds.Find(command.Order) is >= 0 and var known)
            return AnswerAgain(_state.Holds[known], command.BodyHash);
        if (IsClosed)
            return Refusal.Ended;
        if (Terms.PiecesPerDay is { } perDay && TakenOn(command.Day) + command.Pieces > perDay)
            return Decision<StockHeld>.Refuse(Refusal.Exhausted, "stockPerDay");
        if (!_state.Pieces.CanHold(command.Pieces))
            return Decision<StockHeld>.Refuse(Refusal.Exhausted, "stock");
        if (!_state.Money.CanHold(command.Amount))
            return Refusal.BudgetExhausted;
        return new StockHeld
        {
            BodyHash = command.BodyHash,
            Order = command.Order,
            User = command.User,
            Merchant = command.Merchant,
            Amount = command.Amount,
            Payment = command.Payment,
            Pieces = command.Pieces,
            Day = command.Day,
            ExpiresAt = command.ExpiresAt is { } at ? TimeOf(at.ToUnixTimeMilliseconds()) : null,
        };
    }

    /// <summary>
    /// Issues what was held. Refusals: NotFound, Cancelled, Expired; KeyReused where another payment confirmed it;
    /// Invalid where the amount paid is not the one reserved.
    /// </summary>
    public Decision<StockConfirmed> DecideConfirm(ConfirmHold command, Instant now)
    {
        RequireExpired(now);
        var hold = _state.Holds.Find(command.Order);
        if (hold < 0)
            return Refusal.NotFound;
        ref var row = ref _state.Holds[hold];
        var confirmed = new StockConfirmed(command.Order, command.PaymentId);
        switch (row.State)
        {
            case HoldState.Released:
                return Refusal.Cancelled;
            case HoldState.Expired:
                return Refusal.Expired;
            case HoldState.Confirmed or HoldState.Returned:
                return row.PaymentHash == ShortHash.Of(command.PaymentId) && row.Payment == command.Paid
                    ? Decision<StockConfirmed>.Replay(confirmed)
                    : Refusal.KeyReused;
            default:
                return row.Payment == command.Paid
                    ? confirmed
                    : Decision<StockConfirmed>.Refuse(Refusal.Invalid, $"$.paid must be {row.Payment}");
        }
    }

    /// <summary>Cancels. Refusals: NotFound; Confirmed (also once it was given back), Expired.</summary>
    public Decision<StockReleased> DecideRelease(StreamId order, Instant now)
    {
        RequireExpired(now);
        var hold = _state.Holds.Find(order);
        if (hold < 0)
            return Refusal.NotFound;
        return _state.Holds[hold].State switch
        {
            HoldState.Held => new StockReleased(order),
            HoldState.Released => Decision<StockReleased>.Replay(new StockReleased(order)),
            HoldState.Expired => Refusal.Expired,
            _ => Refusal.Confirmed,
        };
    }

    /// <summary>
    /// Takes back what belongs to a part of the payment. Refusals: NotFound; Held, Cancelled, Expired where nothing was
    /// issued; KeyReused for a known refund id with another amount; Invalid for more than was paid.
    /// </summary>
    public Decision<StockReturned> DecideReturn(ReturnPayment command, Instant now)
    {
        RequireExpired(now);
        if (Terms.Payee != StockPayee.Merchant)
            throw new InvalidOperationException("What a user was paid only the user's own stream can take back.");
        var hold = _state.Holds.Find(command.Order);
        if (hold < 0)
            return Refusal.NotFound;
        ref var row = ref _state.Holds[hold];
        return row.State switch
        {
            HoldState.Held => Refusal.Held,
            HoldState.Released => Refusal.Cancelled,
            HoldState.Expired => Refusal.Expired,
            _ => ReturnOf(hold, row, command),
        };
    }

    /// <summary>Gives back what remains, once.</summary>
    public Decision<StockClosed> DecideClose(Instant now)
    {
        RequireExpired(now);
        if (_state.Closed is { } closed)
            return Decision<StockClosed>.Replay(closed);
        return IsOpen
            ? new StockClosed(Money.Remaining, Pieces.Remaining)
            : throw new InvalidOperationException("A stock that was never opened cannot be closed.");
    }

    /// <summary>A hold's time is over and its expiry is not applied yet.</summary>
    public bool HasDue(Instant now) => NextExpiry <= now;

    /// <summary>
    /// The holds whose time is over, in the order of their expiry, then of their reservation; at most
    /// <paramref name="limit"/>, for after an outage more may be due than one commit can take.
    /// </summary>
    public ImmutableArray<StockExpired> Due(Instant now, int limit = int.MaxValue)
    {
        var due = ImmutableArray.CreateBuilder<StockExpired>();
        var time = now.ToUnixTimeMilliseconds();
        foreach (var (expiresAt, hold) in _state.Expiries)
        {
            if (expiresAt > time || due.Count == limit)
                break;
            due.Add(new StockExpired(_state.Holds[hold].Order));
        }

        return due.ToImmutable();
    }

    /// <summary>
    /// The rows that commit <paramref name="decided"/>; ask in the same turn as Apply, before or after it.
    /// </summary>
    public ImmutableArray<StockEntry> Entries(StockEvent decided) => StockEntries.Of(this, decided);

    public void Apply(StockEvent happened) => _state.Apply(happened);

    /// <summary>
    /// How many segments of orders a snapshot can leave out of its state because nothing in them can change: all their
    /// orders are settled, and refunds are kept apart. Never falls.
    /// </summary>
    public int FrozenSegments()
    {
        while (StockSegments.IsSettled(_state.Holds, _frozen))
            _frozen++;
        return _frozen;
    }

    /// <summary>
    /// The segment of that index below <see cref="FrozenSegments"/>; the same bytes whenever it is asked.
    /// </summary>
    public byte[] WriteSegment(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FrozenSegments());
        var writer = new PayloadWriter();
        StockSegments.Write(writer, _state.Holds, index * StockSegments.Size, (index + 1) * StockSegments.Size);
        return writer.ToArray();
    }

    /// <summary>What the frozen segments do not hold.</summary>
    public byte[] WriteState()
    {
        var writer = new PayloadWriter();
        _state.Write(writer, FrozenSegments());
        return writer.ToArray();
    }

    /// <summary>Reads a snapshot; segments beyond those that its state relies on are ignored.</summary>
    public static HoldBook Read(ReadOnlySpan<byte> state, IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        var reader = new PayloadReader(state);
        return new HoldBook(StockState.Read(ref reader, segments));
    }

    internal (StreamId Stock, StreamId Held) OwnAccounts => _state.OwnAccounts;

    internal static Instant? TimeOf(long milliseconds) =>
        milliseconds == StockState.Never ? null : Instant.FromUnixTimeMilliseconds(milliseconds);

    internal StreamId GrantedTo(StreamId order) =>
        _state.Merchants.Granted(_state.Holds[_state.Holds.Find(order)].Merchant);

    private HoldView ViewOf(in HoldRow row) => new(
        row.State,
        row.User,
        _state.Merchants.Name(row.Merchant),
        row.Amount,
        row.Payment,
        row.Pieces,
        PayloadTimes.DateOf(row.Day),
        TimeOf(row.ExpiresAt),
        row.Refunded,
        row.State is HoldState.Confirmed or HoldState.Returned ? ReturnedOf(row) : 0);

    // An order that cost nothing is given back whole or not at all: its refunds do not tell, its state does.
    private static long ReturnedOf(in HoldRow row) => row switch
    {
        { State: HoldState.Returned } => row.Amount,
        { Refunded: 0 } => 0,
        _ => RefundShare.Of(row.Amount, row.Payment, row.Refunded),
    };

    private Decision<StockHeld> AnswerAgain(in HoldRow row, ulong bodyHash)
    {
        if (row.BodyHash != bodyHash)
            return Refusal.KeyReused;
        if (row.State is HoldState.Released or HoldState.Expired)
            return row.State is HoldState.Released ? Refusal.Cancelled : Refusal.Expired;
        return Decision<StockHeld>.Replay(new StockHeld
        {
            BodyHash = row.BodyHash,
            Order = row.Order,
            User = row.User,
            Merchant = _state.Merchants.Name(row.Merchant),
            Amount = row.Amount,
            Payment = row.Payment,
            Pieces = row.Pieces,
            Day = PayloadTimes.DateOf(row.Day),
            ExpiresAt = TimeOf(row.ExpiresAt),
        });
    }

    private Decision<StockReturned> ReturnOf(int hold, in HoldRow row, ReturnPayment command)
    {
        if (_state.Refunds.Find(hold, ShortHash.Of(command.RefundId)) is { } known)
        {
            return known.Amount == command.Amount
                ? Decision<StockReturned>.Replay(new StockReturned(
                    command.Order, command.RefundId, known.Amount, known.Value, known.Last))
                : Refusal.KeyReused;
        }

        var left = row.Payment - row.Refunded;
        var least = row.Payment == 0 && row.State == HoldState.Confirmed ? 0 : 1;
        if (command.Amount < least || command.Amount > left)
            return Decision<StockReturned>.Refuse(Refusal.Invalid, $"$.amount must be from {least} to {left}");
        var refunded = row.Refunded + command.Amount;
        var value = RefundShare.Of(row.Amount, row.Payment, refunded) - ReturnedOf(row);
        return new StockReturned(command.Order, command.RefundId, command.Amount, value, refunded == row.Payment);
    }

    private void RequireExpired(Instant now)
    {
        if (HasDue(now))
            throw new InvalidOperationException("Apply the expiries that are due before deciding.");
    }

    private void RequireSound(HoldOrder command)
    {
        if (command.Amount < 0 || command.Payment < 0 || command.Pieces < 0
            || (Terms.Unit is null ? command.Pieces == 0 || command.Amount != 0 : command.Amount == 0))
            throw new ArgumentException($"Nothing can be held for {command}.", nameof(command));
    }
}
