using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Simulation.Engine;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Checks;

/// <summary>How the business day that an entry tells belongs to the entry's own time.</summary>
internal enum DayIs
{
    /// <summary>It is the day of that time.</summary>
    Exact,

    /// <summary>Or a later one, which another process's clock has shown already.</summary>
    NotBefore,

    /// <summary>Or any since the request: other grains were asked in between.</summary>
    SinceRequest,
}

/// <summary>
/// Follows the journal entry by entry, in the order of its transactions, and counts everything anew: what it knows is
/// what is durable. Fails the seed at the first entry that breaks a rule.
/// </summary>
internal sealed class Books
{
    private readonly Dictionary<StreamId, Entry> _heads = [];
    private readonly Dictionary<StreamId, UserBook> _users = [];
    private readonly Dictionary<StreamId, PoolBook> _pools = [];
    private readonly Dictionary<StreamId, OrderBook> _orders = [];
    private readonly Dictionary<StreamId, StockBook> _stocks = [];
    private readonly ChainKey _key;
    private readonly CampaignPlan _plan;
    private readonly Names _names;
    private readonly Action<Violation> _fail;

    private readonly Dictionary<int, long> _fundedUntil = [];
    private long _minted;
    private bool _approved;
    private int? _revision;

    // The furthest that any stream's time has come: it may lead the clocks.
    private long _latest;

    public Books(Plan plan, ChainKey key, Action<Violation> fail)
    {
        (_plan, _key, _fail, _names) = (plan.Campaign, key, fail, new Names(plan));
        Accounts = new Accounts(fail);
        foreach (var user in plan.Users)
        {
            var name = StreamNames.User(user);
            _users[StreamId.Of(name)] = new UserBook(this, _plan, StreamId.Of(name), name);
        }

        for (var shard = 0; shard < (_plan.Packets?.Shards ?? 0); shard++)
        {
            var name = StreamNames.Pool(CampaignPlan.Id, CampaignPlan.Bag, shard);
            _pools[StreamId.Of(name)] = new PoolBook(this, _plan.Packets!, name);
        }

        if (_plan.CheckIns is { Cash: > 0 })
            Meter = AddStock(CampaignPlan.Daily, isMeter: true);
        if (_plan.Discounts is not null)
            Spend = AddStock(CampaignPlan.Spend, isMeter: false);
    }

    public Accounts Accounts { get; }

    public Requests Requests { get; } = new();

    public StreamId Campaign { get; } = StreamId.Of(StreamNames.Campaign(CampaignPlan.Id));

    public StockBook? Meter { get; }

    public StockBook? Spend { get; }

    /// <summary>The step of more budget that is approved.</summary>
    public int InForce { get; private set; }

    /// <summary>The version of the campaign's stream that funds the step; 0 where it is not approved.</summary>
    public long FundedUntil(int step) => _fundedUntil.GetValueOrDefault(step);

    /// <summary>An operator's end is durable.</summary>
    public bool EndDecided { get; private set; }

    /// <summary>Counts the entries.</summary>
    public long Step { get; private set; }

    /// <summary>The earliest wall clock that a request of the present may have been decided by.</summary>
    public Func<long> EarliestClock { get; set; } = () => long.MinValue;

    /// <summary>What the fastest wall clock shows.</summary>
    public Func<long> LatestClock { get; set; } = () => long.MinValue;

    public IReadOnlyDictionary<StreamId, PoolBook> Pools => _pools;

    public UserBook? User(StreamId stream)
    {
        if (_users.TryGetValue(stream, out var user))
            return user;
        Require(false, Rules.OneOutcome, $"{stream} is no user of this run");
        return null;
    }

    public UserBook User(string user) => _users[StreamId.Of(StreamNames.User(user))];

    public OrderBook? Order(StreamId order) => _orders.GetValueOrDefault(order);

    public string NameOf(StreamId stream) => _names.Of(stream);

    public Entry? Head(StreamId stream) => _heads.GetValueOrDefault(stream);

    public void Require(bool holds, string rule, string detail)
    {
        if (!holds)
            _fail(new Violation(rule, detail));
    }

    public void RequireDay(int day, Entry entry, DayIs how, string what)
    {
        var own = _plan.DayOf(entry.At);
        var earliest = how == DayIs.SinceRequest ? Math.Min(own, _plan.DayOf(EarliestClock())) : own;
        var most = how == DayIs.Exact ? own : Math.Max(own, _plan.DayOf(Math.Max(_latest, LatestClock())));
        Require(day >= earliest && day <= most, Rules.Limits, $"{what} on day {day}, it is {earliest} to {most}");
    }

    public void Move(StreamId debit, StreamId credit, Entry entry)
    {
        Require(entry is { Unit: not null, Amount: > 0 } && !credit.IsNone, Rules.DoubleEntry,
            $"{NameOf(entry.Stream)} moves {entry.Amount} {entry.Unit} to {NameOf(credit)}");
        Accounts.Move(debit, credit, entry.Unit ?? "", entry.Amount);
    }

    public void Observe(IReadOnlyList<Commit> batch)
    {
        foreach (var commit in batch)
        {
            foreach (var entry in commit.Entries)
            {
                Step++;
                Place(entry);
                Route(entry);
            }

            if (_users.TryGetValue(commit.Stream, out var user))
                user.EndCommit();
            if (commit.Stream == Campaign)
                CheckFunding();
        }

        Accounts.CheckDebited(NameOf);
    }


    private void Place(Entry entry)
    {
        var head = _heads.GetValueOrDefault(entry.Stream);
        Require(entry.Version == (head?.Version ?? 0) + 1, Rules.Versions,
            $"{NameOf(entry.Stream)} goes from version {head?.Version ?? 0} to {entry.Version}");
        Require(entry.Chain == _key.Next(head?.Chain ?? Chain.Start, entry), Rules.Versions,
            $"{NameOf(entry.Stream)} version {entry.Version} does not follow its predecessor");
        Require(!(entry.At < head?.At), Rules.Versions, $"{NameOf(entry.Stream)} goes back in time");
        _heads[entry.Stream] = entry;
        _latest = Math.Max(_latest, entry.At);
    }

    private void Route(Entry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.CommitterStarted or EntryKind.BatchSealed or EntryKind.CampaignAnnounced:
                break;
            case EntryKind.BudgetFunded:
                Require(entry.Credit == Campaign, Rules.DoubleEntry, "a budget is funded elsewhere");
                Accounts.Mint(Campaign, entry.Unit!, entry.Amount);
                _minted += entry.Unit == Units.Cash ? entry.Amount : 0;
                break;
            case EntryKind.PoolFunded:
                Move(Campaign, entry.Credit, entry);
                if (_stocks.TryGetValue(entry.Credit, out var given))
                    given.Give(entry);
                break;
            case EntryKind.CampaignRevised:
                Require(entry.Stream == Campaign, Rules.OneOutcome, "a campaign is revised by another stream");
                var payload = new PayloadReader(entry.Payload.Span);
                _revision = MoreBudget.StepOf(((CampaignRevised)CampaignEvent.Read(entry.Kind, ref payload))
                    .Document.AsSpan());
                break;
            case >= EntryKind.CampaignDrafted and <= EntryKind.CampaignArchived:
                EndDecided |= entry.Kind == EntryKind.CampaignEnded;
                Require(!_approved || entry.Kind != EntryKind.CampaignApproved || _revision is not null,
                    Rules.OneOutcome, "a campaign is approved twice");
                _approved |= entry.Kind == EntryKind.CampaignApproved;
                if (entry.Kind == EntryKind.CampaignApproved)
                    (InForce, _revision) = (_revision ?? InForce, null);
                break;
            case EntryKind.PoolsSettled:
                Require(entry.Stream == Campaign, Rules.OneOutcome, "pools are settled by another stream");
                break;
            default:
                RouteToOwner(entry);
                break;
        }
    }

    private void RouteToOwner(Entry entry)
    {
        if (_users.TryGetValue(entry.Stream, out var user))
        {
            user.Observe(entry);
        }
        else if (_pools.TryGetValue(entry.Stream, out var pool))
        {
            pool.Observe(entry);
        }
        else if (_stocks.TryGetValue(entry.Stream, out var stock))
        {
            stock.Observe(entry);
        }
        else
        {
            Require(_names.Knows(entry.Stream) && entry.Kind is EntryKind.OrderReserved or EntryKind.OrderTombstoned,
                Rules.OneOutcome, $"{NameOf(entry.Stream)} holds a {entry.Kind} that nobody asked for");
            var order = new OrderBook(this, entry.Stream, NameOf(entry.Stream));
            if (!_orders.TryAdd(entry.Stream, order))
                order = _orders[entry.Stream];
            order.Observe(entry);
        }
    }

    /// <summary>An approval brings what its document says, in the same commit: no more, no less.</summary>
    private void CheckFunding()
    {
        if (!_approved)
            return;
        Require(_minted == MoreBudget.BudgetAt(InForce), Rules.Conservation,
            $"the budget was funded with {_minted}, step {InForce} has {MoreBudget.BudgetAt(InForce)}");
        foreach (var stock in _stocks.Values)
            stock.CheckGiven(InForce);
        _fundedUntil.TryAdd(InForce, Head(Campaign)!.Version);
    }

    private StockBook AddStock(string activity, bool isMeter)
    {
        var name = StreamNames.Pool(CampaignPlan.Id, activity, 0);
        return _stocks[StreamId.Of(name)] = new StockBook(this, _plan, StreamId.Of(name), name, isMeter);
    }
}
