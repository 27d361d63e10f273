using Campaigns.Domain.Values;
using Campaigns.Ledger.GroupCommit;

namespace Campaigns.Ledger.Audit;

/// <summary>
/// Recomputes the journal from the database alone: every chain, every batch's seal, the links between committers, and
/// the places of snapshots. One pass in the order of streams, in one read snapshot; memory does not grow with the
/// journal.
/// </summary>
public sealed class JournalAudit(ChainKey key, IReadOnlyList<IAuditObserver> observers)
{
    /// <summary>
    /// Beyond this many findings the rest is only counted: a journal so damaged needs no longer list.
    /// </summary>
    public const int MaxFindings = 1_000;

    private readonly List<AuditFinding> _findings = [];
    private readonly Anchors _anchors = new();
    private Entry? _last;

    /// <summary>Entries that were looked at.</summary>
    public long Entries { get; private set; }

    /// <summary>All findings, also those that the list has no room for.</summary>
    public long FindingCount { get; private set; }

    /// <param name="anchor">Heads exported earlier, or null.</param>
    public async Task<IReadOnlyList<AuditFinding>> RunAsync(
        ILedger ledger, Anchor? anchor, CancellationToken cancellation)
    {
        await using var view = await ledger.OpenViewAsync(cancellation);
        await using var snapshots = view.SnapshotsAsync(cancellation).GetAsyncEnumerator(cancellation);
        var more = await snapshots.MoveNextAsync();
        _anchors.Expect(anchor);
        await foreach (var entry in view.EntriesAsync(cancellation))
        {
            Entries++;
            if (_last is not null && _last.Stream != entry.Stream)
            {
                await EndStreamAsync(_last.Stream, view);
            }

            CheckPlace(entry);
            await CheckSealAsync(entry, view, cancellation);
            foreach (var observer in observers)
            {
                await ObserveAsync(observer, entry, view);
            }

            _last = entry;
            while (more && Precedes(snapshots.Current, entry))
            {
                await CheckSnapshotAsync(snapshots.Current, entry, view);
                more = await snapshots.MoveNextAsync();
            }
        }

        if (_last is not null)
        {
            await EndStreamAsync(_last.Stream, view);
        }

        while (more)
        {
            Report(new AuditFinding(
                AuditFault.SnapshotDiffers, snapshots.Current.Stream, snapshots.Current.Version,
                "a snapshot of entries that are not there"));
            more = await snapshots.MoveNextAsync();
        }

        _anchors.Missing(Report);
        return _findings;
    }

    private static bool Precedes(Snapshot snapshot, Entry entry) =>
        snapshot.Stream < entry.Stream || (snapshot.Stream == entry.Stream && snapshot.Version <= entry.Version);

    private void CheckPlace(Entry entry)
    {
        var sameStream = _last is not null && _last.Stream == entry.Stream;
        var expected = sameStream ? _last!.Version + 1 : 1;
        if (entry.Version != expected)
        {
            Report(new AuditFinding(
                AuditFault.Missing, entry.Stream, expected,
                $"the next entry that is there has version {entry.Version}"));
            return;
        }

        if (sameStream && entry.At < _last!.At)
        {
            Report(new AuditFinding(
                AuditFault.TimeRunsBack, entry.Stream, entry.Version, "older than its predecessor"));
        }

        var previous = sameStream ? _last!.Chain : Chain.Start;
        if (key.Next(previous, entry) != entry.Chain)
        {
            Report(new AuditFinding(
                AuditFault.Changed, entry.Stream, entry.Version,
                $"{entry.Kind} of {entry.Amount} {entry.Unit} does not have the chain of its content"));
        }
    }

    private async Task CheckSealAsync(Entry entry, IJournalView view, CancellationToken cancellation)
    {
        try
        {
            switch (entry.Kind)
            {
                case EntryKind.BatchSealed:
                    _anchors.Meet(entry);
                    await CheckSealAsync(entry, BatchSeal.Read(entry.Payload.Span), view, cancellation);
                    break;
                case EntryKind.CommitterStarted:
                    _anchors.Meet(entry);
                    await CheckLinksAsync(CommitterStart.Read(entry.Payload.Span), view, cancellation);
                    break;
            }
        }
        catch (FormatException damaged)
        {
            Report(new AuditFinding(AuditFault.Unreadable, entry.Stream, entry.Version, damaged.Message));
        }
    }

    private async Task CheckSealAsync(
        Entry entry, BatchSeal seal, IJournalView view, CancellationToken cancellation)
    {
        var rows = new List<(StreamId Stream, long Version)>();
        foreach (var range in seal.Ranges)
        {
            for (var row = 0; row < range.Count; row++)
            {
                rows.Add((range.Stream, range.From + row));
            }
        }

        var chains = await view.ChainsAsync(rows, cancellation);
        using var digest = new RowDigest();
        var complete = true;
        for (var row = 0; row < rows.Count; row++)
        {
            if (chains[row] is { } chain)
            {
                digest.Add(rows[row].Stream, rows[row].Version, chain);
                continue;
            }

            complete = false;
            Report(new AuditFinding(
                AuditFault.Missing, rows[row].Stream, rows[row].Version,
                $"sealed by version {entry.Version} of {entry.Stream}"));
        }

        if (complete && digest.Finish() != seal.Digest)
        {
            Report(new AuditFinding(
                AuditFault.SealBroken, entry.Stream, entry.Version, "the rows that it seals have other chains"));
        }
    }

    private async Task CheckLinksAsync(CommitterStart start, IJournalView view, CancellationToken cancellation)
    {
        var chains = await view.ChainsAsync(
            [.. start.Links.Select(link => (link.Stream, link.Version))], cancellation);
        for (var link = 0; link < start.Links.Count; link++)
        {
            if (chains[link] != start.Links[link].Chain)
            {
                Report(new AuditFinding(
                    chains[link] is null ? AuditFault.Missing : AuditFault.Changed,
                    start.Links[link].Stream, start.Links[link].Version, $"linked by the start of {start.Name}"));
            }
        }
    }

    private async Task CheckSnapshotAsync(Snapshot snapshot, Entry entry, IJournalView view)
    {
        if (snapshot.Stream != entry.Stream || snapshot.Version != entry.Version || snapshot.Chain != entry.Chain)
        {
            Report(new AuditFinding(
                AuditFault.SnapshotDiffers, snapshot.Stream, snapshot.Version,
                "its entry is not there or has another chain"));
            return;
        }

        foreach (var observer in observers)
        {
            await observer.ObserveAsync(snapshot, view, Report);
        }
    }

    private async Task ObserveAsync(IAuditObserver observer, Entry entry, IJournalView view)
    {
        try
        {
            await observer.ObserveAsync(entry, view, Report);
        }
        catch (Exception damaged) when (damaged is FormatException or InvalidOperationException
            or OverflowException or InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            Report(new AuditFinding(AuditFault.Unreadable, entry.Stream, entry.Version, damaged.Message));
        }
    }

    private async Task EndStreamAsync(StreamId stream, IJournalView view)
    {
        foreach (var observer in observers)
        {
            await observer.EndAsync(stream, view, Report);
        }
    }

    private void Report(AuditFinding finding)
    {
        FindingCount++;
        if (_findings.Count < MaxFindings)
        {
            _findings.Add(finding);
        }
    }
}
