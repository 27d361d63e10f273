using System.Runtime.CompilerServices;
using Campaigns.Domain.Values;

namespace Campaigns.Ledger;

/// <summary>Common reads in terms of the contract's own.</summary>
public static class LedgerReads
{
    /// <summary>The heads of all named streams in one query, in the order asked.</summary>
    public static async ValueTask<IReadOnlyList<StreamHead>> HeadsAsync(
        this ILedger ledger, IReadOnlyList<StreamId> streams, CancellationToken cancellation)
    {
        var probe = await ledger.ProbeAsync(streams, [], cancellation);
        return probe.Heads;
    }

    /// <summary>The chains of the named entries, in the order asked; null where there is no such entry.</summary>
    public static async ValueTask<IReadOnlyList<Chain?>> ChainsAsync(
        this ILedger ledger, IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation)
    {
        var probe = await ledger.ProbeAsync([], entries, cancellation);
        return probe.Chains;
    }

    /// <summary>The credits of one account behind the cursor, ordered by (stream, version).</summary>
    public static async ValueTask<IReadOnlyList<Entry>> CreditsAsync(
        this ILedger ledger,
        StreamId account,
        IReadOnlyDictionary<StreamId, long> cursor,
        CancellationToken cancellation)
    {
        var answers = await ledger.CreditsAsync([new CreditRequest(account, cursor)], cancellation);
        return answers[0];
    }

    /// <summary>Every entry in (stream, version) order, in one read snapshot of the database.</summary>
    public static async IAsyncEnumerable<Entry> ScanAsync(
        this ILedger ledger, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var view = await ledger.OpenViewAsync(cancellation);
        await foreach (var entry in view.EntriesAsync(cancellation))
        {
            yield return entry;
        }
    }

    /// <summary>Every snapshot in (stream, version) order, in one read snapshot of the database.</summary>
    public static async IAsyncEnumerable<Snapshot> ScanSnapshotsAsync(
        this ILedger ledger, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var view = await ledger.OpenViewAsync(cancellation);
        await foreach (var snapshot in view.SnapshotsAsync(cancellation))
        {
            yield return snapshot;
        }
    }
}
