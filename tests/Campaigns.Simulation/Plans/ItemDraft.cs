using Campaigns.Contracts;
using Campaigns.Simulation.Cluster;
using Campaigns.Simulation.Database;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.Plans;

/// <summary>Draws what the users, the partner, the operator and bad luck do.</summary>
internal sealed class ItemDraft(
    SimRandom random, CampaignPlan campaign, ClusterSettings settings, IReadOnlyList<string> users)
{
    private const int SessionMilliseconds = 2_500;

    // As the hashes that they stand for they differ in all parts: a claim keeps half of them.
    private const ulong FirstBody = 0x1111_2222_3333_4444;
    private const ulong OtherBody = 0x5555_6666_7777_8888;
    private readonly List<PlanItem> _items = [];
    private readonly List<DrawItem> _draws = [];
    private readonly List<CheckInItem> _checkIns = [];
    private readonly List<ReserveItem> _orders = [];
    private readonly int _trouble = random.Pick(0, 4, 12, 12, 25);
    private int _session;
    private ulong _lastKey;
    private int _moreBudget;

    private int Number => _items.Count;

    private TimeSpan At => TimeSpan.FromMilliseconds(random.Below(SessionMilliseconds));

    public IReadOnlyList<PlanItem> Draw()
    {
        var sessions = random.Between(2, 5);
        for (_session = 0; _session < sessions; _session++)
        {
            if (_session > 0)
                _items.Add(Leap());
            var calls = random.Between(4, 18);
            for (var call = 0; call < calls; call++)
                AddCall();
            for (var fault = random.Below(_trouble + 1) / 2; fault > 0; fault--)
                _items.Add(Fault());
            if (random.Chance(120))
                AddPause();
            if (random.Chance(200))
                _items.Add(new ReviseItem(Number, _session, At, Manner(), ++_moreBudget));
        }

        if (random.Chance(150))
        {
            _session = random.Between(1, sessions - 1);
            _items.Add(new OperatorItem(Number, _session, At, default, LifecycleAction.End));
        }

        return _items;
    }

    private LeapItem Leap()
    {
        var around = TimeSpan.FromMilliseconds(-random.Between(0, 2_500));
        var by = campaign.Discounts is { } discounts && random.Chance(300)
            ? discounts.HoldFor
            : TimeSpan.FromMinutes(3);
        return random.Below(12) switch
        {
            0 or 1 or 2 or 3 => new LeapItem(Number, _session, LeapTo.Midnight, around),
            4 or 5 => new LeapItem(Number, _session, LeapTo.UtcMidnight, around),
            6 or 7 => new LeapItem(Number, _session, LeapTo.RoundEdge, around),
            8 => new LeapItem(Number, _session, LeapTo.CampaignEnd, around),
            9 => new LeapItem(Number, _session, LeapTo.Later, TimeSpan.FromMinutes(random.Between(17, 900))),
            10 => new LeapItem(Number, _session, LeapTo.Later, TimeSpan.FromSeconds(random.Between(1, 60))),
            _ => new LeapItem(Number, _session, LeapTo.Later, by + around),
        };
    }

    private void AddCall()
    {
        var kinds = new List<Action> { AddLook };
        if (campaign.Packets is not null)
            kinds.AddRange([AddDraw, AddDraw, AddDraw]);
        if (campaign.CheckIns is not null)
            kinds.AddRange([AddCheckIn, AddCheckIn, AddCheckIn]);
        if (campaign.Discounts is not null)
            kinds.AddRange([AddOrder, AddOrder, AddOrder]);
        kinds[random.Below(kinds.Count)]();
    }

    private Manner Manner() => new(random.Pick(0, 0, 0, 1, 2), random.Chance(150), random.Chance(200));

    private string User() => users[random.Below(users.Count)];

    private void AddLook() => _items.Add(new LookItem(Number, _session, At, Manner(), User()));

    private void AddDraw()
    {
        if (_draws.Count > 0 && random.Chance(200))
        {
            var known = _draws[random.Below(_draws.Count)];
            _items.Add(known with
            {
                Number = Number,
                Session = _session,
                At = At,
                Manner = Manner(),
                Body = random.Chance(150) ? OtherBody : known.Body,
                ByUser = random.Chance(300),
            });
            return;
        }

        var rounds = campaign.Packets!.Rounds;
        var round = rounds.Count > 1 && random.Chance(250) ? rounds[random.Below(rounds.Count)].Id : null;
        var draw = new DrawItem(
            Number, _session, At, Manner(), User(), ++_lastKey, FirstBody, round, random.Chance(150));
        _draws.Add(draw);
        _items.Add(draw);
    }

    private void AddCheckIn()
    {
        if (_checkIns.Count > 0 && random.Chance(200))
        {
            var known = _checkIns[random.Below(_checkIns.Count)];
            _items.Add(known with
            {
                Number = Number,
                Session = _session,
                At = At,
                Manner = Manner(),
                Body = random.Chance(150) ? OtherBody : known.Body,
            });
            return;
        }

        var checkIn = new CheckInItem(Number, _session, At, Manner(), User(), ++_lastKey, FirstBody);
        _checkIns.Add(checkIn);
        _items.Add(checkIn);
    }

    private void AddOrder()
    {
        if (_orders.Count == 0 || random.Chance(450))
        {
            var again = _orders.Count > 0 && random.Chance(200) ? _orders[random.Below(_orders.Count)] : null;
            var order = again ?? new ReserveItem(
                0, 0, default, default, User(), $"o{_orders.Count}", random.Pick("m1", "m2"),
                random.Pick(9_000, 10_000, 12_345, 40_000), FirstBody);
            order = order with { Number = Number, Session = _session, At = At, Manner = Manner() };
            if (again is null)
                _orders.Add(order);
            else if (random.Chance(150))
                order = order with { Amount = order.Amount + 1, Body = OtherBody };
            _items.Add(order);
            return;
        }

        var known = _orders[random.Below(_orders.Count)];
        var at = known.Session == _session ? known.At + TimeSpan.FromMilliseconds(random.Between(-200, 2_000)) : At;
        at = at < TimeSpan.Zero ? TimeSpan.Zero : at;
        var pay = known.Amount - campaign.Discounts!.OffOf(known.Amount);
        _items.Add(random.Below(6) switch
        {
            0 or 1 or 2 => new ConfirmItem(
                Number, _session, at, Manner(), known.Order, random.Chance(900) ? "p1" : "p2", pay),
            3 => new CancelItem(Number, _session, at, Manner(), known.Order),
            4 => new RefundItem(
                Number, _session, at, Manner(), known.Order, random.Pick("r1", "r2"),
                Math.Max(1, random.Pick(pay, pay / 2, pay / 3))),
            _ => new LookAtOrderItem(Number, _session, at, Manner(), known.Order),
        });
    }

    private void AddPause()
    {
        var at = At;
        _items.Add(new OperatorItem(Number, _session, at, default, LifecycleAction.Pause));
        var resumes = at + TimeSpan.FromMilliseconds(random.Between(300, 3_000));
        _items.Add(new OperatorItem(Number, _session, resumes, default, LifecycleAction.Resume));
    }

    private FaultItem Fault()
    {
        var node = random.Below(settings.Nodes);
        var shortly = TimeSpan.FromMilliseconds(random.Between(20, 3_000));
        var most = settings.Nodes > 1 ? 21 : 15;
        return random.Below(most) switch
        {
            0 or 1 or 2 or 3 or 4 or 5 => new WriteItem(
                Number, _session, At, node, (WriteTrouble)random.Between(1, (int)WriteTrouble.CrashLateCommit),
                shortly),
            6 => new KillItem(Number, _session, At, node, TimeSpan.FromMilliseconds(random.Between(0, 2_000))),
            7 => new OutageItem(Number, _session, At, node, shortly),
            8 => new FullQueueItem(Number, _session, At, node, shortly),
            9 => new SlowDatabaseItem(Number, _session, At, node, shortly / 20),
            10 => new ClockItem(
                Number, _session, At, node, TimeSpan.FromSeconds(random.Pick(-3_600, -5, 2, 120, 7_200))),
            11 or 12 => new LoseItem(Number, _session, At, node, random.Below(50), LossOf.Memory),
            13 => new LoseItem(Number, _session, At, node, random.Below(50), LossOf.Place),
            14 => new SnapshotsItem(Number, _session, At),
            15 => new FreezeItem(Number, _session, At, node, shortly, random.Chance(600)),
            16 => new LoseItem(Number, _session, At, node, random.Below(50), LossOf.Cluster),
            17 or 18 => new SplitItem(
                Number, _session, At, random.Between(1, (1 << settings.Nodes) - 2), shortly * 2, random.Chance(500)),
            _ => new NetworkItem(
                Number, _session, At, shortly * 2, TimeSpan.FromMilliseconds(random.Pick(5, 50, 400)),
                random.Pick(0, 20, 100), random.Pick(0, 100, 300)),
        };
    }
}
