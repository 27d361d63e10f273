using Campaigns.Domain.Values;
using Campaigns.Ledger.Audit;
using Campaigns.Ledger.GroupCommit;
using Campaigns.Ledger.Sqlite;
using Campaigns.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Campaigns.Ledger.Tests.Audit;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    /// <summary>Of tests that look at the memory of the whole process.</summary>
    public const string Name = "measured alone";
}

[Collection(MeasuredAlone.Name)]
[Trait("Proof", "audit-memory")]
public sealed class AuditMemoryTests
{
    private const long Slack = 2 * 1024 * 1024;
    private static readonly int Rows = Scale.Of("audit-memory", everyRun: 100_000, proven: 1_000_000);

    [Fact]
    public async Task JournalTenTimesAsLong_IsAuditedInTheSameMemory()
    {
        var few = await PeakAsync(Rows / 10);
        var many = await PeakAsync(Rows);

        many.ShouldBeLessThan(few + Slack);
    }

    /// <summary>The most managed memory that was in use during an audit, bytes.</summary>
    private static async Task<long> PeakAsync(int rows)
    {
        using var folder = new TempFolder();
        await using var database = new SqliteDatabase(
            new SqliteOptions { Path = folder.File("journal.db") }, TimeProvider.System);
        await database.MigrateAsync(CancellationToken.None);
        await WriteAsync(database.Ledger, rows);
        var observer = new HeapObserver(every: rows / 10);
        var audit = new JournalAudit(StreamAuthor.Key, [observer]) { SealedRangesAtOnce = 2_000 };

        (await audit.RunAsync(database.Ledger, null, CancellationToken.None)).ShouldBeEmpty();

        audit.Entries.ShouldBeGreaterThan(rows);
        return observer.Peak;
    }

    /// <summary>Half of the rows in one pool's stream, half of them alone in their user's.</summary>
    private static async Task WriteAsync(ILedger ledger, int rows)
    {
        await using var committer = new GroupCommitter("memory", new GroupCommitServices(
            ledger, StreamAuthor.Key, new GroupCommitOptions(), TimeProvider.System,
            NullLogger<GroupCommitter>.Instance, TaskScheduler.Default));
        await committer.StartAsync(CancellationToken.None);
        var pool = new StreamAuthor("pool/large");
        foreach (var some in Enumerable.Range(0, rows / 2).Chunk(2_000))
        {
            var outcomes = some.SelectMany(user => new[]
            {
                pool.Transfer(StreamId.Of($"user/{user}"), 100), new StreamAuthor($"user/{user}").Commit(),
            }).Select(commit =>
            {
                committer.TryReserve(1).ShouldBeTrue();
                return committer.Enqueue(commit, 1);
            }).ToList();
            (await Task.WhenAll(outcomes)).ShouldAllBe(outcome => outcome == CommitOutcome.Committed);
        }
    }

    private sealed class HeapObserver(int every) : IAuditObserver
    {
        private int _seen;

        public long Peak { get; private set; }

        public ValueTask ObserveAsync(Entry entry, IJournalView view, Action<AuditFinding> report)
        {
            if (_seen++ % every == 0)
            {
                Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask ObserveAsync(Snapshot snapshot, IJournalView view, Action<AuditFinding> report) =>
            ValueTask.CompletedTask;

        public ValueTask EndAsync(StreamId stream, IJournalView view, Action<AuditFinding> report) =>
            ValueTask.CompletedTask;
    }
}
