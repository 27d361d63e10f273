using Campaigns.Domain.Values;
using Campaigns.Ledger.GroupCommit;

namespace Campaigns.Ledger.Audit;

/// <summary>
/// Recomputes the journal from the database alone: every chain, every batch's seal, that each row has exactly one, the
/// links between committers, and the places of snapshots. One pass in the order of streams, in one read snapshot, so
/// that it may run beside hosts: rows and their seal become visible together. Memory does not grow with the journal.
/// </summary>
public sealed class JournalAudit(ChainKey key, IReadOnlyList<IAuditObserver> observers)
{
    /// <summary>
    /// Beyond this many findings the rest is only counted: a journal so damaged needs no longer list.
    /// </summary>
    public const int MaxFindings = 1_000;

    private readonly List<AuditFinding> _findings = [];
    private readonly HashSet<(AuditFault Fault, StreamId Stream, long Version)> _listed = [];
    private readonly Anchors _anchors = new();
    private Entry? _last;

    /// <summary>Entries that were looked at.</summary>
    public long Entries { get; private set; }

    /// <summary>All findings, also those that the list has no room for.</summary>
    public long FindingCount { get; private set; }

    /// <summary>
    /// Ranges of sealed rows in memory, 48 bytes each and twice as many for a moment. A journal with more costs another
    /// reading of its seals for each so many.
    /// </summary>
    internal int SealedRangesAtOnce { get; init; } = 1_000_000;

    /// <param name="anchor">Heads exported earlier, or null.</param>
    public async Task<IReadOnlyList<AuditFinding>> RunAsync(
        ILedger ledger, Anchor? anchor, CancellationToken cancellation)
    {
        await using var view = await ledger.OpenViewAsync(cancellation);
        await using var snapshots = view.SnapshotsAsync(cancellation).GetAsyncEnumerator(cancellation);
        var more = await snapshots.MoveNextAsync();
        var seals = await CommitterSeals.FindAsync(view, key, cancellation);
        var coverage = new SealCoverage(seals, SealedRangesAtOnce, Report);
        using var digests = new SealDigests(view, Report);
        _anchors.Expect(anchor);
        await foreach (var entry in view.EntriesAsync(cancellation))
        {
            Entries++;
            if (_last is not null && _last.Stream != entry.Stream)
            {
                await EndStreamAsync(_last.Stream, view);
            }

            var intact = CheckPlace(entry);
            await coverage.MeetAsync(entry, cancellation);
            _anchors.Meet(entry);
            if (intact)
            {
                await FollowCommitterAsync(entry, view, digests, cancellation);
            }

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

        await coverage.FinishAsync(cancellation);
        await digests.FinishAsync(cancellation);
        for (; more; more = await snapshots.MoveNextAsync())
        {
            Report(new AuditFinding(
                AuditFault.SnapshotDiffers, snapshots.Current.Stream, snapshots.Current.Version,
                "a snapshot of entries that are not there"));
        }

        _anchors.Missing(Report);
        return _findings;
    }

    private static bool Precedes(Snapshot snapshot, Entry entry) =>
        snapshot.Stream < entry.Stream || (snapshot.Stream == entry.Stream && snapshot.Version <= entry.Version);

    /// <summary>True where the entry follows its predecessor and has the chain of its content.</summary>
    private bool CheckPlace(Entry entry)
    {
        if (entry.IsUnreadable)
        {
            Report(new AuditFinding(
                AuditFault.Unreadable, entry.Stream, entry.Version,
                "a field has a length or a number that nobody writes"));
            return false;
        }

        var sameStream = _last is not null && _last.Stream == entry.Stream;
        var expected = sameStream ? _last!.Version + 1 : 1;
        if (entry.Version != expected)
        {
            Report(new AuditFinding(
                AuditFault.Missing, entry.Stream, expected,
                $"the next entry that is there has version {entry.Version}"));
            return false;
        }

        if (sameStream && entry.At < _last!.At)
        {
            Report(new AuditFinding(
                AuditFault.TimeRunsBack, entry.Stream, entry.Version, "older than its predecessor"));
        }

        var previous = sameStream ? _last!.Chain : Chain.Start;
        if (key.Next(previous, entry) == entry.Chain)
        {
            return true;
        }

        Report(new AuditFinding(
            AuditFault.Changed, entry.Stream, entry.Version,
            $"{entry.Kind} of {entry.Amount} {entry.Unit} does not have the chain of its content"));
        return false;
    }

    private async Task FollowCommitterAsync(
        Entry entry, IJournalView view, SealDigests digests, CancellationToken cancellation)
    {
        try
        {
            switch (entry.Kind)
            {
                case EntryKind.BatchSealed:
                    await digests.AddAsync(entry, BatchSeal.Read(entry.Payload.Span), cancellation);
                    break;
                case EntryKind.CommitterStarted:
                    await CheckLinksAsync(CommitterStart.Read(entry.Payload.Span), view, cancellation);
                    break;
            }
        }
        catch (FormatException damaged)
        {
            Report(new AuditFinding(AuditFault.Unreadable, entry.Stream, entry.Version, damaged.Message));
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
            try
            {
                await observer.ObserveAsync(snapshot, view, Report);
            }
            catch (Exception damaged) when (IsOfContent(damaged))
            {
                Report(new AuditFinding(
                    AuditFault.Unreadable, snapshot.Stream, snapshot.Version,
                    "its snapshot cannot be compared: " + damaged.Message));
            }
        }
    }

    private async Task ObserveAsync(IAuditObserver observer, Entry entry, IJournalView view)
    {
        try
        {
            await observer.ObserveAsync(entry, view, Report);
        }
        catch (Exception damaged) when (IsOfContent(damaged))
        {
            Report(new AuditFinding(AuditFault.Unreadable, entry.Stream, entry.Version, damaged.Message));
        }
    }

    private async Task EndStreamAsync(StreamId stream, IJournalView view)
    {
        foreach (var observer in observers)
        {
            try
            {
                await observer.EndAsync(stream, view, Report);
            }
            catch (Exception damaged) when (IsOfContent(damaged))
            {
                Report(new AuditFinding(AuditFault.Unreadable, stream, 0, damaged.Message));
            }
        }
    }

    /// <summary>What comes of reading rows that say nonsense; a database that fails ends the audit.</summary>
    private static bool IsOfContent(Exception failure) => failure
        is FormatException or InvalidDataException or ArithmeticException or ArgumentException
        or InvalidOperationException or IndexOutOfRangeException or KeyNotFoundException or NullReferenceException;

    private void Report(AuditFinding finding)
    {
        // A missing row is missed by its neighbours and by its seal; the first to tell of it is enough.
        var isNew = _listed.Count >= MaxFindings || _listed.Add((finding.Fault, finding.Stream, finding.Version));
        FindingCount += isNew ? 1 : 0;
        if (isNew && _findings.Count < MaxFindings)
        {
            _findings.Add(finding);
        }
    }
}
