using Campaigns.Contracts;

namespace Campaigns.Grains.Tests.Models;

/// <summary>A campaign night in plain sets and counts, as a reader of the contract would write it.</summary>
internal sealed class NaiveNight(int packets, int pieces, int perUserPerDay)
{
    private readonly Dictionary<(string User, ulong Key), int> _checkIns = [];
    private readonly Dictionary<string, (int Day, int Streak)> _streaks = [];
    private readonly Dictionary<string, ulong> _drawnBy = [];
    private readonly Dictionary<string, (string User, int Day, OrderState State)> _orders = [];
    private readonly HashSet<string> _tombstones = [];

    public bool Paused { get; set; }

    public int Day { get; private set; }

    public int Drawn => _drawnBy.Count;

    public int Held => _orders.Values.Count(order => order.State == OrderState.Reserved);

    public int Issued => _orders.Values.Count(order => order.State == OrderState.Confirmed);

    public long PointsOf(string user) => 5 * _checkIns.Keys.Count(known => known.User == user);

    /// <summary>The streak on Done and AlreadyCheckedIn.</summary>
    public (Outcome Outcome, int Streak) CheckIn(string user, ulong key)
    {
        if (_checkIns.TryGetValue((user, key), out var known))
        {
            return (Outcome.Done, known);
        }

        if (Paused)
        {
            return (Outcome.Paused, 0);
        }

        var last = _streaks.TryGetValue(user, out var some) ? some : (Day: -2, Streak: 0);
        if (last.Day == Day)
        {
            return (Outcome.AlreadyCheckedIn, last.Streak);
        }

        var streak = last.Day == Day - 1 ? last.Streak + 1 : 1;
        _streaks[user] = (Day, streak);
        _checkIns[(user, key)] = streak;
        return (Outcome.Done, streak);
    }

    public Outcome Draw(string user, ulong key)
    {
        if (_drawnBy.TryGetValue(user, out var known) && known == key)
        {
            return Outcome.Done;
        }

        if (Paused)
        {
            return Outcome.Paused;
        }

        if (known != 0)
        {
            return Outcome.AlreadyDrawn;
        }

        if (_drawnBy.Count == packets)
        {
            return Outcome.Exhausted;
        }

        _drawnBy[user] = key;
        return Outcome.Done;
    }

    public Outcome Reserve(string user, string order)
    {
        if (_tombstones.Contains(order))
        {
            return Outcome.Cancelled;
        }

        if (_orders.ContainsKey(order))
        {
            return Outcome.Done;
        }

        if (Paused)
        {
            return Outcome.Paused;
        }

        if (_orders.Values.Count(one => one.User == user && one.Day == Day && Uses(one.State)) == perUserPerDay)
        {
            return Outcome.QuotaExceeded;
        }

        if (Held + Issued == pieces)
        {
            return Outcome.Exhausted;
        }

        _orders[order] = (user, Day, OrderState.Reserved);
        return Outcome.Done;
    }

    public Outcome Confirm(string order) => Act(order, state => state switch
    {
        OrderState.Reserved or OrderState.Confirmed => (Outcome.Done, OrderState.Confirmed),
        OrderState.Refunded => (Outcome.Done, state),
        OrderState.Cancelled => (Outcome.Cancelled, state),
        _ => (Outcome.Expired, state),
    });

    public Outcome Refund(string order) => Act(order, state => state switch
    {
        OrderState.Confirmed or OrderState.Refunded => (Outcome.Done, OrderState.Refunded),
        OrderState.Reserved => (Outcome.Held, state),
        OrderState.Cancelled => (Outcome.Cancelled, state),
        _ => (Outcome.Expired, state),
    });

    public Outcome Cancel(string order)
    {
        if (!_orders.ContainsKey(order))
        {
            _tombstones.Add(order);
            return Outcome.Done;
        }

        return Act(order, state => state switch
        {
            OrderState.Reserved or OrderState.Cancelled => (Outcome.Done, OrderState.Cancelled),
            OrderState.Expired => (Outcome.Expired, state),
            _ => (Outcome.Confirmed, state),
        });
    }

    /// <summary>Longer than a hold lasts.</summary>
    public void Wait(int days)
    {
        Day += days;
        foreach (var (order, one) in _orders.ToList())
        {
            if (one.State == OrderState.Reserved)
            {
                _orders[order] = one with { State = OrderState.Expired };
            }
        }
    }

    /// <summary>Null: unknown.</summary>
    public OrderState? StateOf(string order) =>
        _tombstones.Contains(order) ? OrderState.Cancelled
        : _orders.TryGetValue(order, out var one) ? one.State
        : null;

    private static bool Uses(OrderState state) => state is OrderState.Reserved or OrderState.Confirmed;

    private Outcome Act(string order, Func<OrderState, (Outcome Outcome, OrderState State)> step)
    {
        if (_tombstones.Contains(order))
        {
            return Outcome.Cancelled;
        }

        if (!_orders.TryGetValue(order, out var one))
        {
            return Outcome.NotFound;
        }

        var (outcome, state) = step(one.State);
        _orders[order] = one with { State = state };
        return outcome;
    }
}
