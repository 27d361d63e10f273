using Campaigns.Domain.Values;
using Campaigns.Grains.Seeds;
using Campaigns.Ledger;
using Campaigns.Simulation.Checks;
using Campaigns.Simulation.Clients;
using Campaigns.Simulation.Database;
using Campaigns.Simulation.Engine;
using Campaigns.Simulation.PlantedFaults;
using Campaigns.Simulation.Plans;
using Orleans.Embedded;

namespace Campaigns.Simulation.Cluster;

/// <summary>All that one seed runs: processes, network, database, clients, and what watches them.</summary>
internal sealed class World
{
    private readonly Dictionary<EmbeddedSilo, Node> _bySilo = [];
    private readonly List<Node> _everStarted = [];
    private readonly Node?[] _nodes;
    private readonly SimRandom _random;

    public World(Plan plan, Planted planted, bool keepsText)
    {
        Plan = plan;
        Planted = planted;
        Settings = planted.Adjust(plan.Settings);
        _random = SimRandom.For(plan.Seed, "world");
        Trace = new Trace(keepsText);
        Steps = new Steps(SimRandom.For(plan.Seed, "order"), Trace);
        Clock = new SimClock(Steps);
        Trace.Now = () => Clock.Elapsed;
        Database = new SimDatabase(Clock, Trace);
        Network = new Network(this, SimRandom.For(plan.Seed, "network"));
        Placement = new Placement(this, SimRandom.For(plan.Seed, "placement"));
        Log = new FaultLog(Trace, Fail);
        Secrets = new SeededSecrets(SimRandom.For(plan.Seed, "secrets"));
        Books = new Books(plan, ChainKey, Fail) { EarliestClock = EarliestClock, LatestClock = LatestClock };
        Database.OnCommit = Committed;
        Standing = new Standing(this);
        Overtaken = new Overtaken(this);
        Clients = new ClientDesk(this, SimRandom.For(plan.Seed, "clients"));
        _nodes = new Node?[Settings.Nodes];
        planted.Prepare(this);
    }

    public static ChainKey ChainKey { get; } = new(new byte[32]);

    public Plan Plan { get; }

    public Planted Planted { get; }

    public ClusterSettings Settings { get; }

    public Trace Trace { get; }

    public Steps Steps { get; }

    public SimClock Clock { get; }

    public SimDatabase Database { get; }

    public Network Network { get; }

    public Placement Placement { get; }

    public FaultLog Log { get; }

    public ISeedSource Secrets { get; }

    public Books Books { get; }

    public Standing Standing { get; }

    public ClientDesk Clients { get; }

    public Overtaken Overtaken { get; }

    /// <summary>No fault happens any more.</summary>
    public bool Ceased { get; private set; }

    public Violation? Violation { get; private set; }

    public IEnumerable<Node> UpNodes => _nodes.OfType<Node>().Where(node => node.IsUp);

    public IEnumerable<Node> ServingNodes => UpNodes.Where(node => node.Serves);

    public DateTimeOffset TrueTime => Settings.Start + Clock.Elapsed;

    /// <summary>The first one counts: what follows may be its consequence.</summary>
    public void Fail(Violation violation)
    {
        if (Violation is null)
            Trace.Say($"VIOLATION {violation}");
        Violation ??= violation;
    }

    /// <summary>
    /// What did not come may have left for another thread, which the run has overtaken: waits a moment for its stack.
    /// </summary>
    public void LookForEscape()
    {
        if (Violation is { Rule: Rules.Resolves })
            SpinWait.SpinUntil(() => Steps.Escape is not null, TimeSpan.FromSeconds(3));
        if (Steps.Escape is { } stack)
            Violation = new Violation(Rules.Scheduler, $"work came from another thread: {stack}");
    }

    public Node NodeOf(EmbeddedSilo silo) => _bySilo[silo];

    public Node? NodeAt(int index) => _nodes[index] is { IsUp: true } node ? node : null;

    public void Start(int index)
    {
        var node = new Node(this, index, $"n{index}", SimRandom.For(_random.Next(), "node"));
        _nodes[index] = node;
        _bySilo[node.Silo] = node;
        _everStarted.Add(node);
        Trace.Say($"{node.Name} starts");
        node.Tasks.Start(node.StartAsync);
    }

    public void Kill(Node node)
    {
        if (node.Life.IsDead)
            return;
        Trace.Say($"{node.Name} is killed");
        node.Die();
        Placement.Evict(node);
        if (_nodes[node.Index] == node)
            Clock.After(TimeSpan.FromMilliseconds(_random.Between(1, 1_500)), () => Restart(node));
    }

    public void Thaw(Node node)
    {
        if (node.Life.IsDead || !node.Life.IsFrozen)
            return;
        Trace.Say($"{node.Name} goes on");
        Steps.Thaw(node.Life);
    }

    /// <summary>Ends all faults: machines, network and database work from now on.</summary>
    public void Cease()
    {
        Trace.Say($"faults cease");
        Ceased = true;
        Network.Cease();
        if (Placement.IsSplit)
            Placement.Heal();
        foreach (var node in _everStarted.Where(node => !node.Life.IsDead))
        {
            Thaw(node);
            node.Ledger.Cease();
            node.Door.IsFull = false;
        }
    }

    /// <summary>Ends every process and starts them again: nothing is left but the journal.</summary>
    public void RestartAll()
    {
        foreach (var node in UpNodes.ToList())
            Kill(node);
    }

    /// <summary>A commit was handed to a committer: its decision was made now.</summary>
    public void Decided(Commit commit)
    {
        Overtaken.Decided(commit);
        foreach (var entry in commit.Entries)
            Standing.Decided(entry);
    }

    /// <summary>Runs until a time, or until a condition holds, or a violation.</summary>
    public void RunUntil(TimeSpan limit, Func<bool>? done = null)
    {
        var drift = SimRandom.For(_random.Next(), "drift");
        while (Violation is null && done?.Invoke() != true)
        {
            if (Steps.Escape is { } stack)
                Fail(new Violation(Rules.Scheduler, $"work came from another thread: {stack}"));
            if (Steps.Count > Runs.SeedRun.MostSteps)
                Fail(new Violation(Rules.Scheduler, "the run does not end"));
            if (!Steps.Any)
            {
                if (Clock.GoToNext(limit))
                    continue;
                Clock.GoTo(limit > Clock.Elapsed ? limit : Clock.Elapsed);
                if (!Steps.Any)
                    return;
            }
            else if (drift.Chance(10) && Clock.Elapsed < limit)
            {
                var slow = Clock.Elapsed + TimeSpan.FromMicroseconds(drift.Below(900));
                Clock.GoTo(slow < limit ? slow : limit);
            }

            Steps.RunOne();
        }
    }

    public void Discard()
    {
        Steps.Clear();
        foreach (var node in _everStarted)
            node.Discard(Steps);
        for (var left = 20_000; left > 0 && Steps.Any; left--)
            Steps.RunOne();
        Steps.Close();
        foreach (var node in _everStarted)
            node.Free();
    }

    private void Restart(Node dead)
    {
        if (_nodes[dead.Index] == dead)
            Start(dead.Index);
    }

    private void Committed(IReadOnlyList<Commit> batch)
    {
        if (Trace.KeepsText)
        {
            foreach (var entry in batch.SelectMany(commit => commit.Entries)
                .Where(entry => entry.Kind is not (EntryKind.BatchSealed or EntryKind.CommitterStarted)))
            {
                Trace.Say($"journal: {Books.NameOf(entry.Stream)} {entry.Version} {entry.Kind} {entry.Amount} "
                    + $"{entry.Unit} to {(entry.Credit.IsNone ? "-" : Books.NameOf(entry.Credit))}");
            }
        }

        Books.Observe(batch);
        foreach (var commit in batch)
            Overtaken.Committed(commit);
    }

    private long EarliestClock() => (Clients.EarliestInFlight
        ?? UpNodes.Select(node => node.Time.GetUtcNow()).Append(TrueTime).Min() - TimeSpan.FromSeconds(20))
        .ToUnixTimeMilliseconds();

    private long LatestClock() => UpNodes.Select(node => node.Time.GetUtcNow()).Append(TrueTime).Max()
        .ToUnixTimeMilliseconds();

    private sealed class SeededSecrets(SimRandom random) : ISeedSource
    {
        public void Fill(Span<byte> secret) => random.Fill(secret);
    }
}
