using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Simulation.Checks;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.Cluster;

/// <summary>
/// What operators were told about the campaign's standing, and when: a pause or an end that was acknowledged holds a
/// second later, in every process.
/// </summary>
internal sealed class Standing(World world)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);
    private readonly List<(TimeSpan At, long Version)> _moreBudget = [];
    private TimeSpan? _stopped;
    private bool _resumed;

    /// <summary>A pause has been sent at some time.</summary>
    public bool EverPaused { get; private set; }

    /// <summary>An end has been sent at some time.</summary>
    public bool EverEnded { get; private set; }

    public void PauseSent()
    {
        EverPaused = true;
        _resumed = false;
    }

    public void EndSent() => EverEnded = true;

    /// <summary>From now on the campaign may go on at any time.</summary>
    public void ResumeSent()
    {
        _resumed = true;
        if (!EverEnded)
            _stopped = null;
    }

    public void PauseAcknowledged()
    {
        if (!_resumed)
            _stopped ??= world.Clock.Elapsed;
    }

    /// <summary>An operator was told that a step is approved.</summary>
    public void MoreBudgetAcknowledged(int step) =>
        _moreBudget.Add((world.Clock.Elapsed, world.Books.FundedUntil(step)));

    /// <summary>The version of the campaign's stream that every process knows of since then.</summary>
    public long KnownAt(TimeSpan time) => _moreBudget.Where(told => told.At + Bound < time)
        .Select(told => told.Version).DefaultIfEmpty().Max();

    public void EndAcknowledged() => _stopped ??= world.Clock.Elapsed;

    public void Decided(Entry entry)
    {
        var decides = entry.Kind == EntryKind.PacketDrawn
            || (entry.Kind == EntryKind.CheckedIn && world.Plan.Campaign.CheckIns!.Cash == 0);
        if (decides && _stopped is { } stopped && world.Clock.Elapsed > stopped + Bound)
        {
            world.Fail(new Violation(
                Rules.Pause,
                $"{entry.Kind} was decided {world.Clock.Elapsed - stopped} after the campaign had been stopped"));
        }
    }
}
