using Campaigns.Contracts;
using Campaigns.Simulation.Checks;
using Campaigns.Simulation.Cluster;
using Campaigns.Simulation.Engine;
using Campaigns.Simulation.PlantedFaults;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Runs;

/// <summary>How a seed ended.</summary>
/// <param name="Violation">Null: no promise was broken.</param>
/// <param name="TraceHash">Over every step, entry and answer.</param>
internal sealed record SeedResult(
    ulong Seed, Violation? Violation, ulong TraceHash, long Steps, TimeSpan Simulated, IReadOnlyList<string> Lines);

/// <summary>
/// Runs one plan: the campaign is opened, sessions of calls and faults follow one another, the faults cease, everything
/// is answered, the campaign ends, and what is left is counted.
/// </summary>
internal sealed class SeedRun
{
    /// <summary>A run takes some tens of thousands; beyond this it goes in circles.</summary>
    public const long MostSteps = 3_000_000;

    private readonly World _world;
    private readonly Mishaps _mishaps;

    private SeedRun(World world)
    {
        _world = world;
        _mishaps = new Mishaps(world);
    }

    public static SeedResult Of(Plan plan, Planted planted, bool keepsText = false)
    {
        // A context of a test framework would draw awaits away from the steps.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var world = new World(plan, planted, keepsText);
            try
            {
                new SeedRun(world).Play();
            }
            catch (Exception bug)
            {
                world.Fail(new Violation(Rules.NoBug, $"a check or the scheduler: {bug}"));
            }

            world.LookForEscape();
            var result = new SeedResult(
                plan.Seed, world.Violation, world.Trace.Hash, world.Steps.Count, world.Clock.Elapsed,
                world.Trace.Lines);
            world.Discard();
            return result;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void Play()
    {
        for (var node = 0; node < _world.Settings.Nodes; node++)
            _world.Start(node);
        RunFor(TimeSpan.FromSeconds(1), () => _world.UpNodes.Count() == _world.Settings.Nodes);
        Open();
        for (var session = 0; session < _world.Plan.Sessions && _world.Violation is null; session++)
            Play(session);
        _world.Cease();
        if (_world.Violation is null)
            new LastChecks(_world, RunFor).Run();
    }

    private void Open()
    {
        var opened = _world.Clients.Tasks.Start(async () =>
        {
            var node = _world.UpNodes.First();
            var campaign = node.Grains.Campaign(CampaignPlan.Id);
            var created = await campaign.Create(new DocumentCommand(_world.Plan.Campaign.Utf8, "planner", null));
            await campaign.Act(new LifecycleCommand(LifecycleAction.Submit, "planner", null));
            var approved = await campaign.Act(new LifecycleCommand(LifecycleAction.Approve, "approver", null));
            return $"{created.Outcome}, {approved.Outcome}";
        });
        RunFor(TimeSpan.FromSeconds(5), () => opened.IsCompleted);
        if (_world.Violation is null && (!opened.IsCompletedSuccessfully || opened.Result != "Done, Done"))
        {
            _world.Fail(new Violation(
                Rules.Resolves, $"the campaign could not be opened: {opened.Exception?.ToString() ?? "no answer"}"));
        }
    }

    private void Play(int session)
    {
        var items = _world.Plan.Items.Where(item => item.Session == session).ToList();
        foreach (var leap in items.OfType<LeapItem>())
            Leap(leap);
        var length = TimeSpan.FromMilliseconds(300);
        foreach (var item in items.Where(item => item is not LeapItem))
        {
            _world.Clock.After(item.At, () => Let(item));
            length = item.At > length ? item.At : length;
        }

        var faults = items.Exists(item => item is FaultItem);
        RunFor(length + TimeSpan.FromMilliseconds(faults ? 3_300 : 100));
        RunFor(TimeSpan.FromSeconds(6), () => _world.Clients.Open == 0);
    }

    private void Let(PlanItem item)
    {
        if (item is ClientItem call)
            _world.Clients.Begin(call);
        else if (item is FaultItem fault)
            _mishaps.Let(fault);
    }

    private void Leap(LeapItem leap)
    {
        var now = _world.TrueTime;
        var campaign = _world.Plan.Campaign;
        var to = leap.To switch
        {
            LeapTo.Midnight => CampaignDraft.NextMidnight(campaign.ZoneId, now) + leap.By,
            LeapTo.UtcMidnight => CampaignDraft.NextMidnight("Etc/UTC", now) + leap.By,
            LeapTo.RoundEdge => NextEdge(campaign, now) + leap.By,
            LeapTo.CampaignEnd => campaign.End + leap.By,
            _ => now + leap.By,
        };
        if (to <= now || _world.Violation is not null)
            return;
        _world.Trace.Say($"time leaps to {CampaignPlan.Time(to)}");
        _world.Clock.GoTo(_world.Clock.Elapsed + (to - now));
        RunFor(TimeSpan.FromMilliseconds(50));
    }

    private static DateTimeOffset NextEdge(CampaignPlan campaign, DateTimeOffset now)
    {
        var edges = (campaign.Packets?.Rounds ?? []).SelectMany(round => (DateTimeOffset[])[round.From, round.Until])
            .Append(campaign.End).Where(edge => edge > now.AddSeconds(10)).ToList();
        return edges.Count == 0 ? now : edges.Min();
    }

    private void RunFor(TimeSpan time, Func<bool>? done = null) =>
        _world.RunUntil(_world.Clock.Elapsed + time, done);
}
