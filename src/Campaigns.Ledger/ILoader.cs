using Campaigns.Domain.Values;

namespace Campaigns.Ledger;

/// <summary>
/// Reads for grains. Requests that arrive while a query is under way travel together in the next one; waiting
/// requests are bounded, beyond the bound the call throws <see cref="LedgerUnavailableException"/> at once.
/// </summary>
public interface ILoader
{
    Task<StreamLoad> LoadAsync(LoadRequest request);

    /// <summary>One entry, or null; for answering a retry from the row that its first call wrote.</summary>
    Task<Entry?> EntryAsync(StreamId stream, long version);

    /// <summary>The credits of one account behind the cursor.</summary>
    Task<IReadOnlyList<Entry>> CreditsAsync(StreamId account, IReadOnlyDictionary<StreamId, long> cursor);
}
