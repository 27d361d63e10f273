using Campaigns.Contracts;
using Campaigns.Domain.Values;
using Campaigns.Grains.Auditing;
using Campaigns.Ledger.Audit;
using Campaigns.Simulation.Checks;
using Campaigns.Simulation.Cluster;
using Campaigns.Simulation.Engine;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Runs;

/// <summary>
/// After the faults: every call is answered, also those that clients had given up; the campaign ends and settles by
/// itself; after a restart everybody is told the same as before; and the journal adds up.
/// </summary>
internal sealed class LastChecks(World world, Action<TimeSpan, Func<bool>?> runFor)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);
    private int _next = 1_000_000;

    private Books Books => world.Books;

    public void Run()
    {
        Resolve("an answer that was waited for when the faults ceased");
        foreach (var item in world.Clients.GivenUp.ToList())
            world.Clients.Begin(item with { Manner = default });
        Resolve("an operation that a client had given up");
        End();
        Settle();
        if (world.Violation is not null)
            return;
        world.RestartAll();
        RunFor(TimeSpan.FromSeconds(5), () => world.UpNodes.Count() == world.Settings.Nodes);
        AskAgain();
        Resolve("an answer after the restart");
        if (world.Violation is null)
            Count();
    }

    private void RunFor(TimeSpan time, Func<bool>? done = null) => runFor(time, done);

    private void Resolve(string what)
    {
        RunFor(Bound, () => world.Clients.Open == 0);
        if (world.Violation is null && world.Clients.Open > 0)
            world.Fail(new Violation(Rules.Resolves, $"{what} did not come within {Bound} of peace"));
    }

    /// <summary>By an operator where one has ended it before its time, else by its schedule.</summary>
    private void End()
    {
        var over = world.Plan.Campaign.End + Behind;
        if (world.Violation is not null || world.TrueTime > over)
            return;
        if (world.Plan.Seed % 3 == 0)
        {
            world.Clients.Begin(new OperatorItem(_next++, 0, default, default, LifecycleAction.End));
            Resolve("the operator's end");
        }

        if (!Books.EndDecided)
        {
            world.Clock.GoTo(world.Clock.Elapsed + (over - world.TrueTime));
        }
    }

    private void Settle()
    {
        RunFor(TimeSpan.FromSeconds(20), IsSettled);
        if (world.Plan.Campaign.Discounts is { } discounts && !IsSettled())
        {
            world.Clock.GoTo(world.Clock.Elapsed + discounts.HoldFor + Behind);
            RunFor(TimeSpan.FromSeconds(20), IsSettled);
        }

        if (world.Violation is null && !IsSettled())
            world.Fail(new Violation(Rules.NeverUnder, $"after the end there is left: {Unsettled()}"));
    }

    /// <summary>After so much more every clock has come to where true time is, however often it was set back.</summary>
    private TimeSpan Behind => world.UpNodes.Select(node => -node.Time.Shift).Append(TimeSpan.FromHours(2)).Max()
        + TimeSpan.FromHours(1);

    private bool IsSettled() => Unsettled().Length == 0;

    private string Unsettled()
    {
        var left = new List<string>();
        foreach (var pool in Books.Pools)
            Add(pool.Key, Units.Cash);
        if (Books.Meter is not null)
            AddStock(CampaignPlan.Daily, Units.Cash, limited: true);
        if (Books.Spend is not null)
            AddStock(CampaignPlan.Spend, Units.Discount, world.Plan.Campaign.Discounts!.LimitsMoney);
        return string.Join(", ", left);

        void AddStock(string activity, string unit, bool limited)
        {
            var name = StreamNames.Pool(CampaignPlan.Id, activity, 0);
            Add(StreamId.Of(StreamNames.Held(name)), unit);
            if (limited)
                Add(StreamId.Of(name), unit);
        }

        void Add(StreamId account, string unit)
        {
            if (Books.Accounts.Of(account, unit) is not 0 and var some)
                left.Add($"{some} {unit} in {Books.NameOf(account)}");
        }
    }

    /// <summary>The same questions, to processes that know nothing but the journal.</summary>
    private void AskAgain()
    {
        foreach (var user in world.Plan.Users)
            world.Clients.Begin(new LookItem(_next++, 0, default, default, user));
        var again = world.Clients.Answered.Where(item => item is not (LookItem or OperatorItem or ReviseItem));
        foreach (var item in again.Take(12).ToList())
            world.Clients.Begin(item with { Manner = default });
    }

    private void Count()
    {
        CutCheck.Run(world);
        var campaigns = new CampaignAudit();
        var audit = new JournalAudit(World.ChainKey, [campaigns]);
        var findings = audit.RunAsync(world.Database.Committed, null, CancellationToken.None).GetAwaiter().GetResult()
            .ToList();
        campaigns.Finish(findings.Add);
        if (findings.Count > 0)
        {
            world.Fail(new Violation(
                Rules.Conservation, "the audit finds: " + string.Join("; ", findings.Take(5).Select(Describe))));
        }

        foreach (var account in campaigns.Accounts.Where(account => !account.Balanced))
            world.Fail(new Violation(Rules.Conservation, $"the audit shows {account}"));
        CountMeter();
    }

    private string Describe(AuditFinding finding) =>
        $"{finding.Fault} {Books.NameOf(finding.Stream)} {finding.Version} {finding.Detail}";

    /// <summary>Each check-in was paid its cash once.</summary>
    private void CountMeter()
    {
        if (Books.Meter is not { } meter)
            return;
        foreach (var user in world.Plan.Users)
        {
            foreach (var checkIn in Books.User(user).CheckIns)
            {
                var order = StreamId.Of($"check-in/{user}/{checkIn.Day}");
                Books.Require(meter.Of(order)?.State == Domain.Stocks.HoldState.Confirmed, Rules.Acknowledged,
                    $"{user} has checked in on day {checkIn.Day} and was not paid");
            }
        }
    }
}
