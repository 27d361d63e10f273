using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Journal;

/// <summary>
/// A grain whose truth is one stream of the journal. Reentrant: a decision is one synchronous piece, only loading and
/// waiting for durability yield, and other calls go on meanwhile and join the next batch.
/// </summary>
internal abstract class JournaledGrain<TState> : Grain
    where TState : IJournaledState
{
    private readonly JournalServices _services;
    private StreamJournal<TState>? _journal;

    protected JournaledGrain(JournalServices services) => _services = services;

    protected StreamJournal<TState> Journal => _journal!;

    protected TState State => Journal.State;

    protected JournalServices Services => _services;

    /// <summary>Name of the stream, see <see cref="StreamNames"/>.</summary>
    protected abstract string StreamName { get; }

    /// <summary>False where the grain takes no credits.</summary>
    protected virtual bool TakesCredits => false;

    protected abstract TState NewState();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _journal = new StreamJournal<TState>(StreamId.Of(StreamName), NewState(), _services, DeactivateOnIdle);
        try
        {
            await _journal.LoadAsync(TakesCredits);
        }
        catch (LedgerUnavailableException unavailable)
        {
            // An exception that both sides of a call know: the caller may ask again.
            throw new TimeoutException("The grain's stream could not be loaded: " + unavailable.Message);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_journal is { } journal)
        {
            await journal.SaveBeforeSleepAsync();
        }
    }
}
