using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Tests;

/// <summary>Reads one by one; coalescing has tests of its own.</summary>
internal sealed class DirectLoader(ILedger ledger) : ILoader
{
    public async Task<StreamLoad> LoadAsync(LoadRequest request) =>
        (await ledger.LoadAsync([request], CancellationToken.None))[0];

    public async Task<Entry?> EntryAsync(StreamId stream, long version) =>
        (await ledger.ReadAsync(stream, version, 1, CancellationToken.None)).FirstOrDefault(
            entry => entry.Version == version);

    public async Task<IReadOnlyList<Entry>> CreditsAsync(
        StreamId account, IReadOnlyDictionary<StreamId, long> cursor) =>
        (await ledger.CreditsAsync([new CreditRequest(account, cursor)], CancellationToken.None))[0];
}
