using System.Runtime.InteropServices;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.SpendDiscounts;

/// <summary>A place of the quota that an order uses while its answer is under way; lives in memory only.</summary>
/// <param name="Order">The stream of the partner's order.</param>
/// <param name="Day">The business day whose quota it uses.</param>
/// <param name="Until">When the place is free again although no answer came: bounds what lost calls leave
/// behind.</param>
public sealed record QuotaHold(StreamId Order, LocalDate Day, Instant Until);

/// <summary>
/// One user's orders in one activity. Acceptances are the user's own events, restorations are credits from the stock;
/// the two come from different streams in any order, so applying them commutes and each counts once per order.
/// </summary>
public sealed class DiscountQuota
{
    private readonly SortedDictionary<StreamId, QuotaOrder> _orders = [];
    private readonly SortedDictionary<LocalDate, int> _acceptedPerDay = [];
    private readonly SortedDictionary<StreamId, QuotaHold> _holds = [];

    /// <summary>No order has come to anything yet: there is nothing to write.</summary>
    public bool IsUntouched => _orders.Count == 0;

    /// <summary>
    /// Soft-holds a place before the stock is asked. A retry finds its place taken already. Refusals: QuotaExceeded
    /// with the limit as detail; Cancelled, Expired where the stock has given the order up.
    /// </summary>
    public Decision<QuotaHold> DecideHold(QuotaLimits limits, QuotaHold wanted)
    {
        var known = _orders.GetValueOrDefault(wanted.Order);
        if (known.Restored != QuotaReason.None)
            return RefusalOf(known.Restored);
        if (known.Accepted)
            return Decision<QuotaHold>.Replay(wanted with { Day = known.Day });
        if (_holds.TryGetValue(wanted.Order, out var held))
            return Decision<QuotaHold>.Replay(held);
        return Exceeded(limits, wanted.Order, wanted.Day) is { } limit
            ? Decision<QuotaHold>.Refuse(Refusal.QuotaExceeded, limit)
            : wanted;
    }

    /// <summary>Not journaled: a place that is lost with the activation is taken again by the order's retry.</summary>
    public void Apply(QuotaHold hold) => _holds[hold.Order] = hold;

    /// <summary>Frees the places whose time is over; call before deciding.</summary>
    public void Expire(Instant now)
    {
        foreach (var hold in _holds.Values.Where(hold => hold.Until <= now).ToList())
            _holds.Remove(hold.Order);
    }

    /// <summary>The order was refused or given up before it was accepted; harmless where nothing is held.</summary>
    public void Release(StreamId order) => _holds.Remove(order);

    /// <summary>
    /// Uses a place for an order that the stock holds. Refusals as for <see cref="DecideHold"/>: the caller then
    /// releases the stock's hold.
    /// </summary>
    public Decision<DiscountAccepted> DecideAccept(QuotaLimits limits, DiscountAccepted wanted)
    {
        var known = _orders.GetValueOrDefault(wanted.Order);
        if (known.Restored != QuotaReason.None)
            return RefusalOf(known.Restored);
        if (known.Accepted)
            return Decision<DiscountAccepted>.Replay(wanted);
        return Exceeded(limits, wanted.Order, wanted.Day) is { } limit
            ? Decision<DiscountAccepted>.Refuse(Refusal.QuotaExceeded, limit)
            : wanted;
    }

    public void Apply(DiscountAccepted accepted)
    {
        _holds.Remove(accepted.Order);
        Become(accepted.Order, accepted.Day, order => order with { Accepted = true });
    }

    /// <summary>Meets a credit of the stock; a second one for the same order changes nothing.</summary>
    public void Apply(QuotaRestored restored)
    {
        _holds.Remove(restored.Order);
        Become(restored.Order, restored.Day, order => order.Restored == QuotaReason.None
            ? order with { Restored = restored.Reason }
            : order);
    }

    /// <summary>Orders of that day that use the quota, without those whose answer is under way.</summary>
    public int AcceptedOn(LocalDate day) => _acceptedPerDay.GetValueOrDefault(day);

    /// <summary>How many more orders the user may place on <paramref name="day"/>; null is unlimited.</summary>
    public int? Left(QuotaLimits limits, LocalDate day)
    {
        var (onDay, inMonth, total) = Used(default, day);
        int? left = limits.PerDay - onDay;
        left = Least(left, limits.PerMonth - inMonth);
        left = Least(left, limits.Total - total);
        return left is { } some ? Math.Max(0, some) : null;
    }

    public void Write(PayloadWriter writer)
    {
        writer.Unsigned((ulong)_orders.Count);
        foreach (var (id, order) in _orders)
        {
            writer.Fixed128(id.Value).Date(order.Day).Flag(order.Accepted).Unsigned((ulong)order.Restored);
        }
    }

    public static DiscountQuota Read(ref PayloadReader reader)
    {
        var quota = new DiscountQuota();
        for (var left = reader.Unsigned(); left > 0; left--)
        {
            var id = new StreamId(reader.Fixed128());
            var order = new QuotaOrder(reader.Date(), reader.Flag(), (QuotaReason)reader.Unsigned());
            quota.Become(id, order.Day, _ => order);
        }

        return quota;
    }

    private static int? Least(int? one, int? other) =>
        one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;

    private static Refusal RefusalOf(QuotaReason reason) =>
        reason == QuotaReason.Expired ? Refusal.Expired : Refusal.Cancelled;

    private void Become(StreamId id, LocalDate day, Func<QuotaOrder, QuotaOrder> change)
    {
        var before = _orders.TryGetValue(id, out var known) ? known : new QuotaOrder(day, false, QuotaReason.None);
        var after = change(before);
        _orders[id] = after;
        var count = _acceptedPerDay.GetValueOrDefault(after.Day) + (after.Counts ? 1 : 0) - (before.Counts ? 1 : 0);
        if (count == 0)
            _acceptedPerDay.Remove(after.Day);
        else
            _acceptedPerDay[after.Day] = count;
    }

    private string? Exceeded(QuotaLimits limits, StreamId order, LocalDate day)
    {
        var (onDay, inMonth, total) = Used(order, day);
        if (onDay >= limits.PerDay)
            return $"perUserPerDay: {limits.PerDay}";
        if (inMonth >= limits.PerMonth)
            return $"perMonth: {limits.PerMonth}";
        return total >= limits.Total ? $"total: {limits.Total}" : null;
    }

    private (int OnDay, int InMonth, int Total) Used(StreamId except, LocalDate day)
    {
        var (onDay, inMonth, total) = (0, 0, 0);
        foreach (var (accepted, count) in _acceptedPerDay)
            Count(accepted, count);
        foreach (var (order, held) in _holds)
            Count(held.Day, order == except ? 0 : 1);
        return (onDay, inMonth, total);

        void Count(LocalDate used, int count)
        {
            onDay += used == day ? count : 0;
            inMonth += used.Year == day.Year && used.Month == day.Month ? count : 0;
            total += count;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct QuotaOrder(LocalDate Day, bool Accepted, QuotaReason Restored)
    {
        public bool Counts => Accepted && Restored == QuotaReason.None;
    }
}
