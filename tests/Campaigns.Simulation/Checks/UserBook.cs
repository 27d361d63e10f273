using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.SpendDiscounts;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Checks;

/// <summary>One user, counted anew from the entries that concern it.</summary>
internal sealed class UserBook(Books books, CampaignPlan plan, StreamId stream, string name)
{
    private readonly Dictionary<ulong, DrawOf> _draws = [];
    private readonly Dictionary<ulong, CheckedIn> _checkIns = [];
    private readonly Dictionary<StreamId, int> _accepted = [];
    private readonly HashSet<StreamId> _restored = [];
    private readonly HashSet<ulong> _intents = [];
    private long _pointsDue;

    public IEnumerable<DrawOf> Draws => _draws.Values;

    public IEnumerable<CheckedIn> CheckIns => _checkIns.Values;

    public CheckedIn? LastCheckIn { get; private set; }

    public int CheckInCount { get; private set; }

    /// <summary>Draws on their way, which count as drawn.</summary>
    public int OpenIntents => _intents.Count;

    public DrawOf? DrawBy(ulong key) => _draws.GetValueOrDefault(key);

    public CheckedIn? CheckInBy(ulong key) => _checkIns.GetValueOrDefault(key);

    public bool HasAccepted(StreamId order) => _accepted.ContainsKey(order);

    public void Draw(DrawOf draw, BagPlan bag)
    {
        var drawn = draw.Drawn;
        books.Require(books.Requests.Has(name, drawn.KeyHash, drawn.BodyHash), Rules.OneOutcome,
            $"{name} has drawn by key {drawn.KeyHash}, which it never asked for");
        books.Require(_draws.TryAdd(drawn.KeyHash, draw), Rules.OneOutcome,
            $"{name} has drawn twice by key {drawn.KeyHash}");
        books.RequireDay(drawn.Day, draw.Entry, DayIs.NotBefore, $"{name} draws");
        RequireAccess(draw.Entry, plan.Access.MayDraw(name), "draw");
        books.Require(drawn.Segment == plan.Access.SegmentOf(name), Rules.Limits,
            $"{name} draws in segment {drawn.Segment}, it is in {plan.Access.SegmentOf(name)}");
        Within(bag.Limits.Total, _ => true, "total");
        Within(bag.Limits.PerDay, other => other.Drawn.Day == drawn.Day, "day");
        Within(bag.Limits.PerMonth,
            other => CampaignPlan.MonthOf(other.Drawn.Day) == CampaignPlan.MonthOf(drawn.Day), "month");
        Within(bag.Limits.PerRound, other => other.Drawn.Round == drawn.Round, "round");

        void Within(int? limit, Func<DrawOf, bool> counts, string window) => books.Require(
            !(_draws.Values.Count(counts) > limit), Rules.Limits, $"{name} draws more than {limit} per {window}");
    }

    /// <summary>An entry of the user's own stream.</summary>
    public void Observe(Entry entry)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        switch (entry.Kind)
        {
            case EntryKind.CheckedIn:
                CheckIn(entry, CheckedIn.Read(ref reader));
                break;
            case EntryKind.RewardGranted:
                books.Require(entry.Credit == stream, Rules.DoubleEntry, $"{name} rewards somebody else");
                books.Accounts.Mint(stream, entry.Unit!, entry.Amount);
                _pointsDue -= entry.Amount;
                break;
            case EntryKind.DiscountAccepted:
                Accept(DiscountAccepted.Read(ref reader));
                break;
            case EntryKind.DrawIntended:
                _intents.Add(Grains.Users.DrawIntended.Read(entry.Payload.Span).KeyHash);
                break;
            case EntryKind.DrawSettled:
                _intents.Remove(Grains.Users.DrawSettled.Read(entry.Payload.Span).KeyHash);
                break;
            case EntryKind.FactsSet:
                break;
            default:
                books.Require(false, Rules.DoubleEntry, $"{name} holds a {entry.Kind}");
                break;
        }
    }

    /// <summary>After each commit of the user's stream: its rewards came with it.</summary>
    public void EndCommit()
    {
        books.Require(_pointsDue == 0, Rules.Acknowledged, $"{name} lacks {_pointsDue} points of a check-in");
        _pointsDue = 0;
    }

    /// <summary>A credit of the stock.</summary>
    public void Restore(QuotaRestored restored) => books.Require(_restored.Add(restored.Order), Rules.OneOutcome,
        $"{name} gets its quota back twice for {books.NameOf(restored.Order)}");

    private void CheckIn(Entry entry, CheckedIn checkedIn)
    {
        var daily = plan.CheckIns!;
        books.Require(books.Requests.Has(name, checkedIn.KeyHash, checkedIn.BodyHash), Rules.OneOutcome,
            $"{name} has checked in by key {checkedIn.KeyHash}, which it never asked for");
        books.Require(_checkIns.TryAdd(checkedIn.KeyHash, checkedIn), Rules.OneOutcome,
            $"{name} has checked in twice by key {checkedIn.KeyHash}");
        books.Require(!(LastCheckIn?.Day >= checkedIn.Day), Rules.Limits,
            $"{name} has checked in on day {checkedIn.Day} after day {LastCheckIn?.Day}");
        books.RequireDay(
            checkedIn.Day, entry, daily.Cash == 0 ? DayIs.Exact : DayIs.SinceRequest, $"{name} checks in");
        RequireAccess(entry, plan.Access.MayCheckIn(name), "check in");
        RequireWindow(entry, meterWasAsked: daily.Cash > 0);
        var streak = daily.StreakAfter(LastCheckIn?.Day, LastCheckIn?.Streak ?? 0, checkedIn.Day);
        books.Require(checkedIn.Streak == streak, Rules.Limits,
            $"{name} has a streak of {checkedIn.Streak} on day {checkedIn.Day}, it is {streak}");
        books.Require(!(++CheckInCount > daily.Limits.Total), Rules.Limits, $"{name} checks in too often");
        var cash = checkedIn.Rewards.Where(reward => reward.Kind == Domain.Documents.RewardKind.Cash)
            .Sum(reward => reward.Amount);
        books.Require(cash == daily.Cash, Rules.Limits, $"{name} is promised {cash} cash instead of {daily.Cash}");
        books.Require(entry.Credit == stream, Rules.DoubleEntry, $"{name} rewards somebody else");
        books.Accounts.Mint(stream, entry.Unit!, entry.Amount);
        _pointsDue += daily.PointsAt(streak) - entry.Amount;
        LastCheckIn = checkedIn;
    }

    private void RequireAccess(Entry entry, bool eligible, string what)
    {
        books.Require(eligible, Rules.Limits, $"{name} may not {what}");
        var at = DateTimeOffset.FromUnixTimeMilliseconds(entry.At);
        books.Require(
            plan.Access.MayBegin(name, at), Rules.Limits, $"{name} may not {what} before the start, at {at:O}");
    }

    /// <summary>Where another grain was asked in between, the entry's time is later than the decision's.</summary>
    private void RequireWindow(Entry entry, bool meterWasAsked)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(entry.At);
        books.Require(plan.Access.Daily is not { } daily || (at >= daily.From && (meterWasAsked || at < daily.Until)),
            Rules.Limits, $"{name} checks in at {at:O}, the window is {plan.Access.Daily}");
    }

    private void Accept(DiscountAccepted accepted)
    {
        var spend = plan.Discounts!;
        books.Require(_accepted.TryAdd(accepted.Order, Domain.Time.BusinessCalendar.DayOf(accepted.Day)),
            Rules.OneOutcome, $"{name} accepts {books.NameOf(accepted.Order)} twice");
        var used = _accepted.Where(pair => !_restored.Contains(pair.Key)).Select(pair => pair.Value).ToList();
        var day = Domain.Time.BusinessCalendar.DayOf(accepted.Day);
        books.Require(!(used.Count(one => one == day) > spend.PerUserPerDay), Rules.Limits,
            $"{name} has more than {spend.PerUserPerDay} orders on day {day}");
        books.Require(!(used.Count > spend.Limits.Total), Rules.Limits, $"{name} has too many orders");
    }
}
