using Campaigns.Domain.Stocks;
using Campaigns.Domain.Time;
using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Checks;

/// <summary>One order as the stock's entries tell it.</summary>
internal sealed class HoldOf(StockHeld held)
{
    public StockHeld Held => held;

    public HoldState State { get; set; } = HoldState.Held;

    public string Payment { get; set; } = "";

    public long Back { get; set; }

    /// <summary>By refund id: the part of the payment.</summary>
    public Dictionary<string, long> Refunds { get; } = [];

    public bool TakesPlace => State is HoldState.Held or HoldState.Confirmed;
}

/// <summary>The stock of the discounts, or the meter of the check-ins, counted anew from its entries.</summary>
internal sealed class StockBook(Books books, CampaignPlan plan, StreamId stream, string name, bool isMeter)
{
    private readonly Dictionary<StreamId, HoldOf> _holds = [];
    private readonly HashSet<StreamId> _restored = [];
    private readonly StreamId _held = StreamId.Of(StreamNames.Held(name));
    private readonly List<Entry> _given = [];
    private long _metVersion;
    private long _metPieces;
    private long _metMoney;
    private bool _closed;

    private string Unit => isMeter ? Units.Cash : Units.Discount;

    private bool LimitsMoney => isMeter || plan.Discounts!.LimitsMoney;

    private StreamId Home => _closed && LimitsMoney ? books.Campaign : stream;

    /// <summary>The last step until which there was nothing to be had.</summary>
    public long LastScarce { get; private set; } = -1;

    public bool IsClosed => _closed;

    /// <summary>Every share that the campaign's stream gave up to the version.</summary>
    public bool HasMet(long version) =>
        _given.Where(entry => entry.Version <= version).All(entry => entry.Version <= _metVersion);

    /// <summary>The campaign's entry that brings a share; the stock may count on it once it has met it.</summary>
    public void Give(Entry entry) => _given.Add(entry);

    /// <summary>It was given what the approved document says.</summary>
    public void CheckGiven(int step)
    {
        foreach (var unit in (string[])[Unit, Units.Pieces])
        {
            var due = MoreBudget.GivenAt(plan, isMeter ? CampaignPlan.Daily : CampaignPlan.Spend, unit, step);
            books.Require(Given(unit) == due, Rules.Conservation,
                $"{name} was given {Given(unit)} {unit}, step {step} has {due}");
        }
    }

    public IEnumerable<HoldOf> Holds => _holds.Values;

    public HoldOf? Of(StreamId order) => _holds.GetValueOrDefault(order);

    public void Observe(Entry entry)
    {
        if (entry.Kind == EntryKind.StockOpened && !LimitsMoney)
            books.Accounts.LetMint(stream, Unit);
        var happened = StockEvent.Read(entry.Kind, entry.Payload.Span);
        switch (happened)
        {
            case StockFunded funded:
                Meet(funded.FundingVersion, funded.Money, funded.Pieces);
                break;
            case StockRefunded refunded:
                Meet(refunded.FundingVersion, refunded.Money, refunded.Pieces);
                Refund(entry);
                break;
            case StockHeld held:
                Hold(entry, held);
                break;
            case StockConfirmed confirmed:
                Confirm(entry, confirmed);
                break;
            case StockReleased released:
                GiveUp(entry, released.Order, HoldState.Released);
                break;
            case StockExpired expired:
                books.Require(entry.At >= ExpiryOf(expired.Order), Rules.Limits,
                    $"{books.NameOf(expired.Order)} expires too early");
                GiveUp(entry, expired.Order, HoldState.Expired);
                break;
            case StockReturned returned:
                Return(entry, returned);
                break;
            case QuotaRestored restored:
                books.Require(_restored.Add(restored.Order) && Of(restored.Order) is { TakesPlace: false } hold
                    && entry.Credit == hold.Held.User, Rules.OneOutcome,
                    $"{books.NameOf(restored.Order)} gives its quota back without reason");
                books.User(entry.Credit)?.Restore(restored);
                break;
            case StockClosed:
                Refund(entry);
                break;
        }

        _closed |= happened is StockClosed;
        NoteScarcity();
    }

    private long Given(string unit) => _given.Where(entry => entry.Unit == unit).Sum(entry => entry.Amount);

    /// <summary>Each share once, in the order in which they were given.</summary>
    private void Meet(long version, long money, long pieces)
    {
        var share = _given.Find(entry => entry.Version == version);
        var (unit, amount) = money > 0 ? (Unit, money) : (Units.Pieces, pieces);
        books.Require(version > _metVersion && share?.Unit == unit && share.Amount == amount, Rules.Conservation,
            $"{name} meets {money} and {pieces} pieces of version {version}, it was given {share}");
        (_metVersion, _metMoney, _metPieces) = (version, _metMoney + money, _metPieces + pieces);
    }

    private void Refund(Entry entry)
    {
        if (entry.Amount == 0)
            return;
        books.Require(entry.Credit == books.Campaign, Rules.DoubleEntry, $"{name} refunds somebody else");
        books.Move(stream, books.Campaign, entry);
    }

    private void Hold(Entry entry, StockHeld held)
    {
        var order = books.NameOf(held.Order);
        books.Require(_holds.TryAdd(held.Order, new HoldOf(held)), Rules.OneOutcome, $"{name} holds {order} twice");
        books.Require(!_closed, Rules.Limits, $"{name} holds {order} after its end");
        books.Require(entry.Credit == _held, Rules.DoubleEntry, $"{name} holds {order} elsewhere");
        books.RequireDay(BusinessCalendar.DayOf(held.Day), entry, DayIs.SinceRequest, $"{order} is held");
        books.Move(stream, _held, entry);
        if (isMeter)
        {
            books.Require(held.Amount == plan.CheckIns!.Cash, Rules.Limits, $"{name} pays {held.Amount}");
            return;
        }

        books.Require(books.Requests.Amounts(held.Order).Any(amount => plan.Discounts!.OffOf(amount) == held.Amount
            && amount - held.Amount == held.Payment), Rules.Limits, $"{order} gets {held.Amount} off");
        var taken = _holds.Values.Where(hold => hold.TakesPlace).ToList();
        books.Require(plan.Discounts!.Pieces is null || taken.Count <= _metPieces, Rules.Limits,
            $"{name} holds more than it has");
        books.Require(!(taken.Count(hold => hold.Held.Day == held.Day) > plan.Discounts.PiecesPerDay), Rules.Limits,
            $"{name} holds more on {held.Day} than a day has");
    }

    private void Confirm(Entry entry, StockConfirmed confirmed)
    {
        var order = books.NameOf(confirmed.Order);
        var hold = Of(confirmed.Order);
        books.Require(
            hold is { State: HoldState.Held }, Rules.OneOutcome, $"{order} is confirmed, it is {hold?.State}");
        if (hold is null)
            return;
        books.Require(entry.At < ExpiryOf(confirmed.Order), Rules.Limits, $"{order} is confirmed after its expiry");
        books.Require(entry.Amount == hold.Held.Amount && entry.Credit == PayeeOf(hold), Rules.DoubleEntry,
            $"{order} issues {entry.Amount} instead of {hold.Held.Amount}");
        books.Require(isMeter || books.Requests.Confirms(confirmed.Order, confirmed.PaymentId), Rules.OneOutcome,
            $"{order} is confirmed by {confirmed.PaymentId}, which nobody sent");
        books.Move(_held, entry.Credit, entry);
        (hold.State, hold.Payment) = (HoldState.Confirmed, confirmed.PaymentId);
    }

    private void GiveUp(Entry entry, StreamId order, HoldState state)
    {
        var hold = Of(order);
        books.Require(hold is { State: HoldState.Held }, Rules.OneOutcome,
            $"{books.NameOf(order)} becomes {state}, it is {hold?.State}");
        if (hold is null)
            return;
        books.Require(entry.Amount == hold.Held.Amount && entry.Credit == Home, Rules.DoubleEntry,
            $"{books.NameOf(order)} gives back {entry.Amount} instead of {hold.Held.Amount}");
        books.Move(_held, entry.Credit, entry);
        hold.State = state;
    }

    private void Return(Entry entry, StockReturned returned)
    {
        var order = books.NameOf(returned.Order);
        var hold = Of(returned.Order);
        books.Require(
            hold is { State: HoldState.Confirmed }, Rules.OneOutcome, $"{order} is refunded, it is {hold?.State}");
        if (hold is null)
            return;
        books.Require(hold.Refunds.TryAdd(returned.RefundId, returned.Amount)
            && books.Requests.Refunds(returned.Order, returned.RefundId, returned.Amount), Rules.OneOutcome,
            $"{order} is refunded by {returned.RefundId} twice, or nobody asked for it");
        var sum = hold.Refunds.Values.Sum();
        var share = sum == hold.Held.Payment
            ? hold.Held.Amount
            : (long)((Int128)hold.Held.Amount * sum / Math.Max(1, hold.Held.Payment));
        books.Require(sum <= hold.Held.Payment && hold.Back + returned.Value == share
            && returned.Last == (sum == hold.Held.Payment) && entry.Amount == returned.Value, Rules.Conservation,
            $"{order} gets {returned.Value} back for {returned.Amount} of {hold.Held.Payment}");
        hold.Back += returned.Value;
        if (entry.Amount > 0)
        {
            books.Require(entry.Credit == Home, Rules.DoubleEntry, $"{order} is refunded to somebody else");
            books.Move(PayeeOf(hold), entry.Credit, entry);
        }

        if (returned.Last)
            hold.State = HoldState.Returned;
    }

    private StreamId PayeeOf(HoldOf hold) =>
        isMeter ? hold.Held.User : StreamId.Of(StreamNames.Granted(name, hold.Held.Merchant));

    private long ExpiryOf(StreamId order) =>
        Of(order)?.Held.ExpiresAt?.ToUnixTimeMilliseconds() ?? long.MaxValue;

    /// <summary>There is nothing to be had now, for a given amount and day or at all.</summary>
    public bool IsScarce { get; private set; }

    private void NoteScarcity()
    {
        var taken = _holds.Values.Where(hold => hold.TakesPlace).ToList();
        long? pieces = isMeter || plan.Discounts!.Pieces is null ? null : _metPieces;
        var perDay = isMeter ? null : plan.Discounts!.PiecesPerDay;
        var most = isMeter ? plan.CheckIns!.Cash : plan.Discounts!.MaxOff ?? plan.Discounts.Off;
        var wasScarce = IsScarce;
        var money = books.Accounts.Of(stream, Unit) - (Given(Unit) - _metMoney);
        IsScarce = _closed || taken.Count >= pieces || (LimitsMoney && money < most)
            || taken.GroupBy(hold => hold.Held.Day).Any(day => day.Count() >= perDay);
        if (IsScarce || wasScarce)
            LastScarce = books.Step;
    }
}
