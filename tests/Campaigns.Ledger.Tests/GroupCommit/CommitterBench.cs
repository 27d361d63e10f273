using Campaigns.Domain.Values;
using Campaigns.Ledger.GroupCommit;
using Campaigns.Ledger.Volatile;
using Campaigns.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Campaigns.Ledger.Tests.GroupCommit;

/// <summary>
/// A committer on a volatile journal whose every step the test takes: no thread of its own, no real time.
/// </summary>
internal sealed class CommitterBench : IAsyncDisposable
{
    public CommitterBench(GroupCommitOptions? options = null, VolatileJournal? journal = null, string id = "bench")
    {
        Ledger = new VolatileLedger(journal ?? new VolatileJournal()) { OnWrite = WriteAsync };
        Committer = new GroupCommitter(id, new GroupCommitServices(
            Ledger,
            StreamAuthor.Key,
            options ?? new GroupCommitOptions(),
            Time,
            NullLogger<GroupCommitter>.Instance,
            Scheduler));
        var start = Scheduler.Start(async () =>
        {
            await Committer.StartAsync(CancellationToken.None);
            return true;
        });
        Scheduler.Run();
        start.Now().ShouldBeTrue();
        Batches.Clear();
    }

    public ManualTime Time { get; } = new();

    public StepScheduler Scheduler { get; } = new();

    public VolatileLedger Ledger { get; }

    public GroupCommitter Committer { get; }

    /// <summary>What was tried to write, seals included.</summary>
    public List<IReadOnlyList<Commit>> Batches { get; } = [];

    /// <summary>The fates of the next writes, in order; then all goes well.</summary>
    public Queue<WriteFault> Faults { get; } = new();

    /// <summary>Called before each write; lets a test act at that moment.</summary>
    public Action<IReadOnlyList<Commit>>? BeforeWrite { get; set; }

    /// <summary>While set, writes wait for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public Task<CommitOutcome> Enqueue(Commit commit)
    {
        Committer.TryReserve(commit.Entries.Count).ShouldBeTrue();
        return Committer.Enqueue(commit, commit.Entries.Count);
    }

    /// <summary>Runs what can run without time passing.</summary>
    public void Run() => Scheduler.Run();

    /// <summary>Lets time pass in small steps, so that each pause ends.</summary>
    public void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(10))
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            Run();
        }
    }

    public IReadOnlyList<Entry> Rows(StreamId stream) =>
        Ledger.Journal.Read(stream, 1, int.MaxValue);

    public async ValueTask DisposeAsync()
    {
        var stop = Stop();
        Pass(TimeSpan.FromSeconds(11));
        stop.IsCompleted.ShouldBeTrue();
        await Ledger.DisposeAsync();
    }

    public Task<bool> Stop() => Scheduler.Start(async () =>
    {
        await Committer.StopAsync(CancellationToken.None);
        return true;
    });

    private async ValueTask<WriteFault> WriteAsync(IReadOnlyList<Commit> batch)
    {
        Batches.Add(batch);
        BeforeWrite?.Invoke(batch);
        if (Gate is { } gate)
        {
            await gate.Task;
        }

        return Faults.TryDequeue(out var fault) ? fault : WriteFault.None;
    }
}
