using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Loads;

/// <summary>The reads of all grains of a silo, each kind coalesced into queries of its own.</summary>
/// <param name="scheduler">Where its loops run: the thread pool's, or that of a simulation.</param>
public sealed class LoadCoalescer(ILedger ledger, LoadOptions options, TaskScheduler scheduler) : ILoader
{
    private readonly Coalescer<LoadRequest, StreamLoad> _loads = new(
        requests => ledger.LoadAsync(requests, CancellationToken.None), options, scheduler);

    private readonly Coalescer<(StreamId, long), Entry?> _entries = new(
        keys => ledger.EntriesAsync(keys, CancellationToken.None), options, scheduler);

    private readonly Coalescer<CreditRequest, IReadOnlyList<Entry>> _credits = new(
        requests => ledger.CreditsAsync(requests, CancellationToken.None), options, scheduler);

    public Task<StreamLoad> LoadAsync(LoadRequest request) => _loads.AskAsync(request);

    public Task<Entry?> EntryAsync(StreamId stream, long version) => _entries.AskAsync((stream, version));

    public Task<IReadOnlyList<Entry>> CreditsAsync(StreamId account, IReadOnlyDictionary<StreamId, long> cursor) =>
        _credits.AskAsync(new CreditRequest(account, cursor));
}
