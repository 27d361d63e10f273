using Campaigns.Domain.Orders;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.SpendDiscounts;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Tests.Stocks;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Orders;

/// <summary>
/// A partner's request to reserve; the amount decides the discount, the number of the order its user.
/// </summary>
internal sealed record OrderRequest(int Order, int User, long Amount);

/// <summary>One run of a request through the four steps of <see cref="PartnerOrder"/>.</summary>
internal sealed class Attempt(OrderRequest request)
{
    public OrderRequest Request => request;

    public StockHeld? Held { get; set; }

    public int Step { get; set; } = 1;

    public string? Answer { get; set; }
}

/// <summary>
/// User, stock and order put together as the grains do, one step at a time, with credits that arrive when they like
/// and a process that may be lost between any two steps. Answers are texts: the refusal's name or what the partner
/// sees.
/// </summary>
internal sealed class DiscountDesk(QuotaLimits limits, int? stockPerDay, long stock)
{
    public static readonly Duration HoldFor = Duration.FromMinutes(15);
    private static readonly SpendDiscountActivity Activity =
        SpendDiscounts.DiscountCalculatorTests.Activity(new DiscountTier(10_000, 2_000, null, false, null));

    private readonly SortedDictionary<int, Attempt> _attempts = [];
    private readonly SortedDictionary<int, DiscountQuota> _quotas = [];
    private readonly SortedDictionary<int, PartnerOrder> _orders = [];
    private readonly SortedDictionary<int, List<object>> _userRows = [];
    private int _delivered;

    public StockJournal Stock { get; } =
        new StockJournal().Open(StockJournal.Discounts(stockPerDay), stock * 2_000, stock);

    public Instant Now { get; private set; } = Instant.FromUtc(2027, 2, 5, 23, 0);

    public QuotaLimits Limits => limits;

    public IEnumerable<int> Users => _quotas.Keys;

    public IEnumerable<int> InFlight => _attempts.Keys;

    public DiscountQuota QuotaOf(int user) =>
        _quotas.TryGetValue(user, out var quota) ? quota : _quotas[user] = new DiscountQuota();

    public PartnerOrder OrderOf(int order) =>
        _orders.TryGetValue(order, out var known) ? known : _orders[order] = new PartnerOrder();

    public OrderView? View(int order) => OrderOf(order).View(Stock.Book.Find(StockJournal.Order(order)));

    public string Reserve(OrderRequest request)
    {
        var attempt = Begin(request);
        while (attempt.Answer is null)
            Advance(attempt);
        return attempt.Answer;
    }

    /// <summary>A request that arrives while one of the same order is under way waits for it.</summary>
    public Attempt Begin(OrderRequest request)
    {
        while (_attempts.TryGetValue(request.Order, out var before))
            Advance(before);
        var attempt = new Attempt(request);
        if (OrderOf(request.Order).Answer(BodyHash(request)) is { } known)
            attempt.Answer = Shown(known);
        else
            _attempts[request.Order] = attempt;
        return attempt;
    }

    public void Advance(int order)
    {
        if (_attempts.TryGetValue(order, out var attempt))
            Advance(attempt);
    }

    public void Advance(Attempt attempt)
    {
        attempt.Answer = attempt.Step++ switch
        {
            1 => HoldPlace(attempt.Request),
            2 => HoldStock(attempt),
            3 => Accept(attempt),
            _ => Commit(attempt),
        };
        if (attempt.Answer is null)
            return;
        _attempts.Remove(attempt.Request.Order);
        QuotaOf(attempt.Request.User).Release(StockJournal.Order(attempt.Request.Order));
    }

    public string Confirm(int order, string paymentId, long paid) =>
        OrderOf(order).RefusalWithoutReservation is var refusal and not Refusal.None
            ? $"{refusal}"
            : Shown(Stock.Commit(Stock.Book.DecideConfirm(
                new ConfirmHold(StockJournal.Order(order), paymentId, paid), Now)), _ => "confirmed");

    public string Cancel(int order)
    {
        var tombstone = OrderOf(order).DecideCancel(StreamNames.Order("shop", $"{order}"));
        if (tombstone.Accepted)
            OrderOf(order).Apply(Stored(tombstone.Event));
        return tombstone.Refusal == Refusal.Held
            ? Shown(Stock.Commit(Stock.Book.DecideRelease(StockJournal.Order(order), Now)), _ => "cancelled")
            : Shown(tombstone, _ => "cancelled");
    }

    public string Refund(int order, string refundId, long amount) =>
        OrderOf(order).RefusalWithoutReservation is var refusal and not Refusal.None
            ? $"{refusal}"
            : Shown(
                Stock.Commit(Stock.Book.DecideReturn(
                    new ReturnPayment(StockJournal.Order(order), refundId, amount), Now)),
                returned => $"refunded {returned.Amount} of the payment, {returned.Value} of the discount");

    public void Wait(Duration duration)
    {
        Now += duration;
        Stock.Expire(Now);
        foreach (var quota in _quotas.Values)
            quota.Expire(Now);
    }

    /// <summary>Users meet the next credits that the stock has written for them; some twice.</summary>
    public void Deliver(int count)
    {
        var users = Enumerable.Range(0, 64).ToDictionary(StockJournal.User);
        for (; count > 0 && _delivered < Stock.Quotas.Count; count--, _delivered++)
        {
            var (user, restored) = Stock.Quotas[_delivered];
            QuotaOf(users[user]).Apply(restored);
            QuotaOf(users[user]).Apply(restored);
            RowsOf(users[user]).Add(restored);
        }
    }

    /// <summary>The process dies: what was not committed is gone, users load their rows in another order.</summary>
    public void Crash()
    {
        _attempts.Clear();
        foreach (var (user, rows) in _userRows)
        {
            var quota = new DiscountQuota();
            foreach (var restored in rows.OfType<QuotaRestored>())
                quota.Apply(restored);
            foreach (var accepted in rows.OfType<DiscountAccepted>())
                quota.Apply(accepted);
            _quotas[user] = quota;
        }

        foreach (var user in _quotas.Keys.Except(_userRows.Keys).ToList())
            _quotas[user] = new DiscountQuota();
    }

    private static ulong BodyHash(OrderRequest request) => ShortHash.Of($"{request}");

    private static string Shown(Decision<OrderReserved> decision) => Shown(
        decision, reserved => $"reserved {reserved.Off} off, pays {reserved.Pay} until {reserved.ExpiresAt}");

    private static string Shown<TEvent>(Decision<TEvent> decision, Func<TEvent, string> show)
        where TEvent : class =>
        decision.Event is { } decided ? show(decided) : $"{decision.Refusal}";

    private static OrderReserved Stored(OrderReserved reserved)
    {
        var writer = new PayloadWriter();
        reserved.Write(writer);
        var reader = new PayloadReader(writer.ToArray());
        return OrderReserved.Read(ref reader);
    }

    private static OrderTombstoned Stored(OrderTombstoned tombstoned)
    {
        var writer = new PayloadWriter();
        tombstoned.Write(writer);
        var reader = new PayloadReader(writer.ToArray());
        return OrderTombstoned.Read(ref reader);
    }

    private List<object> RowsOf(int user) =>
        _userRows.TryGetValue(user, out var rows) ? rows : _userRows[user] = [];

    private string? HoldPlace(OrderRequest request)
    {
        var wanted = new QuotaHold(StockJournal.Order(request.Order), Now.InUtc().Date, Now + HoldFor);
        var decision = QuotaOf(request.User).DecideHold(limits, wanted);
        if (decision.Accepted)
            QuotaOf(request.User).Apply(decision.Event);
        return decision.Event is null ? $"{decision.Refusal}" : null;
    }

    private string? HoldStock(Attempt attempt)
    {
        var request = attempt.Request;
        var quote = DiscountCalculator.Quote(Activity, "shop-1", Channel.None, request.Amount);
        if (!quote.Accepted)
            return $"{quote.Refusal}";
        var decision = Stock.Commit(Stock.Book.DecideHold(
            new HoldOrder
            {
                Order = StockJournal.Order(request.Order),
                User = StockJournal.User(request.User),
                Merchant = "shop-1",
                Amount = quote.Event.Off,
                Payment = quote.Event.Pay,
                Day = Now.InUtc().Date,
                ExpiresAt = Now + HoldFor,
                BodyHash = BodyHash(request),
            },
            Now));
        attempt.Held = decision.Event;
        return decision.Event is null ? $"{decision.Refusal}" : null;
    }

    private string? Accept(Attempt attempt)
    {
        var held = attempt.Held!;
        var decision = QuotaOf(attempt.Request.User).DecideAccept(
            limits, new DiscountAccepted(held.Order, "ny2027", "spend", held.Day, held.Amount));
        if (decision.Accepted)
        {
            QuotaOf(attempt.Request.User).Apply(decision.Event);
            RowsOf(attempt.Request.User).Add(decision.Event);
        }

        return decision.Event is null ? GiveUp(held, decision.Refusal) : null;
    }

    private string Commit(Attempt attempt)
    {
        var (request, held) = (attempt.Request, attempt.Held!);
        var decision = OrderOf(request.Order).DecideReserve(new OrderReserved
        {
            Name = StreamNames.Order("shop", $"{request.Order}"),
            BodyHash = BodyHash(request),
            User = held.User,
            CampaignId = "ny2027",
            ActivityId = "spend",
            MerchantId = held.Merchant,
            Amount = request.Amount,
            Off = held.Amount,
            Day = held.Day,
            ExpiresAt = held.ExpiresAt!.Value,
        });
        if (decision.Accepted)
            OrderOf(request.Order).Apply(Stored(decision.Event));
        return decision.Event is null ? GiveUp(held, decision.Refusal) : Shown(decision);
    }

    private string GiveUp(StockHeld held, Refusal refusal)
    {
        Stock.Commit(Stock.Book.DecideRelease(held.Order, Now));
        return $"{refusal}";
    }
}
