using Campaigns.Ledger;
using Campaigns.Ledger.Volatile;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.Database;

/// <summary>
/// The one journal of a seed. What commits is told to the checks in the order of the commits. It acts by itself: what a
/// process has sent may be committed after that process's death.
/// </summary>
internal sealed class SimDatabase(SimClock clock, Trace trace)
{
    private readonly VolatileJournal _journal = new();

    public VolatileJournal Journal => _journal;

    /// <summary>Reads what is committed, at once and without faults: for checks.</summary>
    public VolatileLedger Committed => new(_journal);

    /// <summary>Called for each transaction that commits.</summary>
    public Action<IReadOnlyList<Commit>> OnCommit { get; set; } = _ => { };

    /// <summary>How a transaction ends; a planted fault may put another rule in the place of the primary key.</summary>
    public Func<VolatileJournal, IReadOnlyList<Commit>, (WriteOutcome Outcome, IReadOnlyList<Commit> Written)> Rule
    {
        get;
        set;
    } = (journal, batch) => (journal.Append(batch), batch);

    public void After(TimeSpan wait, Action action) => clock.After(wait, action);

    public WriteOutcome Commit(IReadOnlyList<Commit> batch)
    {
        var (outcome, written) = Rule(_journal, batch);
        if (outcome == WriteOutcome.Committed)
        {
            foreach (var commit in written)
                trace.Mark((ulong)commit.Entries[^1].Chain.Value);
            OnCommit(written);
        }

        return outcome;
    }
}
