using System.Runtime.InteropServices;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Journal;

/// <summary>
/// One activation's view of its stream: loads it, appends to it, and tells when what was read is durable.
/// Decisions run in one synchronous piece: decide on <see cref="State"/>, stage the entries (which applies them), hand
/// them over. Once a commit failed, the state rests on something that is not in the journal: nothing more is decided.
/// </summary>
internal sealed class StreamJournal<TState>
    where TState : IJournaledState
{
    private readonly JournalServices _services;
    private readonly Action _onLost;
    private readonly List<Entry> _staged = [];
    private readonly Dictionary<StreamId, long> _cursor = [];
    private Task<CommitOutcome> _lastCommit = Task.FromResult(CommitOutcome.Committed);
    private Task _pull = Task.CompletedTask;
    private Task _nextPull = Task.CompletedTask;
    private Chain _chain;
    private Chain _chainBeforeStaged;
    private long _lastAt;
    private int _reserved;
    private long _snapshotVersion;
    private int _segmentsSaved;
    private bool _saving;

    /// <param name="onLost">Called once when the stream turns out to belong to somebody else, or a commit was
    /// abandoned.</param>
    public StreamJournal(StreamId stream, TState state, JournalServices services, Action onLost)
    {
        Stream = stream;
        State = state;
        _services = services;
        _onLost = onLost;
    }

    public StreamId Stream { get; }

    public TState State { get; }

    /// <summary>The last applied entry; durable or on its way.</summary>
    public long Version { get; private set; }

    public bool IsLost { get; private set; }

    /// <summary>Where the credits of each source have been read up to.</summary>
    public IReadOnlyDictionary<StreamId, long> Cursor => _cursor;

    /// <summary>When the last entry was written, Unix milliseconds; 0 before the first.</summary>
    public long LastAt => _lastAt;

    /// <summary>The stream's clock, Unix milliseconds: never before its last entry.</summary>
    public long Now => Math.Max(_services.Time.GetUtcNow().ToUnixTimeMilliseconds(), _lastAt);

    public DateTimeOffset NowUtc => DateTimeOffset.FromUnixTimeMilliseconds(Now);

    /// <summary>A decision has rested on this time, Unix milliseconds: what is written later is not older.</summary>
    public void Witness(long time) => _lastAt = Math.Max(_lastAt, time);

    public async Task LoadAsync(bool withCredits)
    {
        var load = await _services.Loader.LoadAsync(new LoadRequest(Stream, withCredits, State.Format));
        if (load.Snapshot is { } snapshot)
        {
            State.Restore(snapshot);
            Version = _snapshotVersion = snapshot.Version;
            _chain = snapshot.Chain;
            _segmentsSaved = snapshot.Segments.Count;
            foreach (var (source, version) in snapshot.Cursor)
            {
                _cursor[source] = version;
            }
        }

        foreach (var entry in load.Tail)
        {
            Verify(entry);
            Follow(entry);
        }

        await _services.VerifyAsync(load.Credits);
        Meet(load.Credits);
        if (_lastAt == 0 && Version > 0)
        {
            // A snapshot does not tell the time of its entry, and the stream's clock must not run back behind it.
            var last = await _services.VerifiedEntryAsync(Stream, Version);
            _lastAt = last?.At ?? 0;
        }
    }

    /// <summary>
    /// Makes room in the committer's bounded queue for up to <paramref name="rows"/> entries; false: refuse with
    /// "overloaded". Ends with <see cref="Commit"/>, in the same turn.
    /// </summary>
    public bool TryBegin(int rows)
    {
        EndBrokenOff();
        if (IsLost || !_services.Committer.TryReserve(rows))
        {
            return false;
        }

        _reserved = rows;
        _chainBeforeStaged = _chain;
        return true;
    }

    /// <summary>Gives an entry its place and applies it; it is handed over by <see cref="Commit"/>.</summary>
    public Entry Stage(EntryDraft draft)
    {
        var entry = new Entry
        {
            Stream = Stream,
            Version = Version + 1,
            At = Now,
            Kind = draft.Kind,
            Credit = draft.Credit,
            Unit = draft.Unit,
            Amount = draft.Amount,
            Payload = draft.Payload,
            Chain = Chain.Start,
        };
        entry = entry with { Chain = _services.ChainKey.Next(_chain, entry) };
        _staged.Add(entry);
        Follow(entry);
        return entry;
    }

    /// <summary>Hands what was staged to the group committer and gives back the room that was not used.</summary>
    public void Commit()
    {
        if (_staged.Count == 0)
        {
            _services.Committer.Release(_reserved);
            _reserved = 0;
            return;
        }

        var entries = _staged.ToArray();
        _staged.Clear();
        var commit = new Commit(Stream, entries[0].Version - 1, _chainBeforeStaged, entries);
        _lastCommit = WatchAsync(_services.Committer.Enqueue(commit, _reserved));
        _reserved = 0;
        if (HasSnapshots && Version - _snapshotVersion >= _services.Options.SnapshotEvery)
        {
            _ = SaveSnapshotAsync();
        }
    }

    /// <summary>Begins, stages and hands over in one step; null when the queue is full.</summary>
    public Entry? TryAppend(params ReadOnlySpan<EntryDraft> drafts)
    {
        if (!TryBegin(drafts.Length))
        {
            return null;
        }

        Entry? last = null;
        foreach (var draft in drafts)
        {
            last = Stage(draft);
        }

        Commit();
        return last;
    }

    /// <summary>
    /// True once everything that the caller can have read is durable. False when that is not known in time, or when the
    /// stream is lost: then the answer must be "try again".
    /// </summary>
    public async Task<bool> DurableAsync()
    {
        EndBrokenOff();
        var last = _lastCommit;
        if (!last.IsCompleted)
        {
            try
            {
                await last.WaitAsync(_services.Options.DurabilityWait, _services.Time);
            }
            catch (TimeoutException)
            {
                return false;
            }
        }

        return !IsLost && await last == CommitOutcome.Committed;
    }

    /// <summary>
    /// Reads the credits that came in since the last look. A read that is already under way may have missed one that
    /// the caller knows of: calls that come meanwhile wait it out and share the next.
    /// </summary>
    private Task PullCreditsAsync()
    {
        if (_pull.IsCompleted)
        {
            return _pull = PullOnceAsync();
        }

        if (_nextPull.IsCompleted)
        {
            _nextPull = PullAfterAsync(_pull);
        }

        return _nextPull;
    }

    /// <summary>As <see cref="PullCreditsAsync"/>; false where the database could not be asked.</summary>
    public async Task<bool> TryPullCreditsAsync()
    {
        try
        {
            await PullCreditsAsync();
            return true;
        }
        catch (LedgerUnavailableException)
        {
            return false;
        }
    }

    /// <summary>
    /// Takes a snapshot if a reload would otherwise replay more than it should; for a grain that goes to sleep.
    /// </summary>
    public async Task SaveBeforeSleepAsync()
    {
        EndBrokenOff();
        if (!IsLost && HasSnapshots && Version - _snapshotVersion >= _services.Options.SnapshotOnSleep)
        {
            await SaveSnapshotAsync();
        }
    }

    private bool HasSnapshots => State.Format != IJournaledState.NoSnapshots;

    /// <summary>
    /// A decision that threw between begin and commit has applied entries that nobody will write: the room is given
    /// back, and nothing is decided on that state.
    /// </summary>
    private void EndBrokenOff()
    {
        if (_reserved > 0)
        {
            _services.Committer.Release(_reserved);
            _reserved = 0;
            if (_staged.Count > 0)
            {
                _staged.Clear();
                Lose();
            }
        }
    }

    private async Task PullAfterAsync(Task running)
    {
        try
        {
            await running;
        }
        catch (LedgerUnavailableException)
        {
            // Its own callers are told; this read tries again.
        }

        _nextPull = Task.CompletedTask;
        await (_pull = PullOnceAsync());
    }

    private async Task PullOnceAsync()
    {
        var seen = new Dictionary<StreamId, long>(_cursor);
        var credits = await _services.Loader.CreditsAsync(Stream, seen);
        await _services.VerifyAsync(credits);
        Meet(credits);
    }

    /// <summary>Nothing is decided on a history that somebody has changed.</summary>
    private void Verify(Entry entry)
    {
        if (entry.Version != Version + 1)
        {
            throw _services.Alarm.Damaged(Stream, Version + 1);
        }

        _services.Verify(_chain, entry);
    }

    private void Follow(Entry entry)
    {
        State.Apply(entry);
        Version = entry.Version;
        _chain = entry.Chain;
        _lastAt = entry.At;
    }

    private void Meet(IReadOnlyList<Entry> credits)
    {
        foreach (var credit in credits)
        {
            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_cursor, credit.Stream, out _);
            if (credit.Version > seen)
            {
                seen = credit.Version;
                State.Credit(credit);
            }
        }
    }

    /// <summary>The stream has turned out to belong to another activation: nothing more is decided here.</summary>
    public void Lose()
    {
        if (!IsLost)
        {
            IsLost = true;
            _onLost();
        }
    }

    /// <summary>
    /// The outcome as a turn of the grain learns it. To wait for the committer's own task with a limit of time would
    /// leave the grain's scheduler, for that task completes its waiters on the thread pool.
    /// </summary>
    private async Task<CommitOutcome> WatchAsync(Task<CommitOutcome> commit)
    {
        var outcome = await commit;
        if (outcome != CommitOutcome.Committed)
        {
            Lose();
        }

        return outcome;
    }

    private async Task SaveSnapshotAsync()
    {
        if (_saving)
        {
            return;
        }

        _saving = true;
        try
        {
            var segments = State.Segments(_segmentsSaved);
            var snapshot = new Snapshot(
                Stream, State.Format, Version, _chain, new Dictionary<StreamId, long>(_cursor), State.Write(),
                segments, _segmentsSaved);

            // What is cut here may still fail to become durable; a snapshot of it must never be seen.
            if (await _lastCommit == CommitOutcome.Committed)
            {
                await _services.Ledger.SaveSnapshotAsync(snapshot, CancellationToken.None);
                _snapshotVersion = snapshot.Version;
                _segmentsSaved += segments.Count;
            }
        }
        catch (LedgerUnavailableException)
        {
            // A snapshot is a cache: the next one will do.
        }
        finally
        {
            _saving = false;
        }
    }
}
