using Campaigns.Domain.Values;
using Campaigns.Ledger.Loads;
using Campaigns.Ledger.Volatile;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Loads;

public sealed class LoadCoalescerTests : IAsyncDisposable
{
    private readonly StepScheduler _scheduler = new();
    private readonly VolatileLedger _ledger = new();
    private int _reads;

    public LoadCoalescerTests() => _ledger.OnRead = () =>
    {
        _reads++;
        return ValueTask.CompletedTask;
    };

    [Fact]
    public void GrainsThatWakeTogether_ShareOneQuery()
    {
        var authors = Authors(100);
        var loader = Loader(new LoadOptions());

        var loads = authors.Select(author => loader.LoadAsync(new LoadRequest(author.Stream, true))).ToList();
        _scheduler.Run();

        _reads.ShouldBe(1);
        loads.Now().Select(load => (load.Stream, load.Tail.Count)).ShouldBe(
            authors.Select(author => (author.Stream, 1)));
    }

    [Fact]
    public void LoadsThatArriveDuringAQuery_TravelTogetherInTheNext()
    {
        var authors = Authors(30);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ledger.OnRead = async () =>
        {
            _reads++;
            await gate.Task;
        };
        var loader = Loader(new LoadOptions { Concurrency = 1, BatchRequests = 20 });
        var first = loader.LoadAsync(new LoadRequest(authors[0].Stream, true));
        _scheduler.Run();
        var later = authors.Skip(1).Select(author => loader.LoadAsync(new LoadRequest(author.Stream, true))).ToList();
        _scheduler.Run();
        _reads.ShouldBe(1);

        gate.SetResult();
        _scheduler.Run();

        _reads.ShouldBe(3, "29 waited, 20 fit into one query");
        first.Now().Tail.Count.ShouldBe(1);
        later.Now().ShouldAllBe(load => load.Tail.Count == 1);
    }

    [Fact]
    public void EntriesAndCredits_AreCoalescedToo()
    {
        var pool = new StreamAuthor("pool/a");
        var user = StreamId.Of("user/a");
        var draws = Enumerable.Range(0, 5).Select(_ => pool.Transfer(user, 1)).ToList();
        _ledger.Journal.Append(draws).ShouldBe(WriteOutcome.Committed);
        var loader = Loader(new LoadOptions());

        var entries = Enumerable.Range(1, 6).Select(version => loader.EntryAsync(pool.Stream, version)).ToList();
        var credits = Enumerable.Range(0, 6).Select(seen => loader.CreditsAsync(
            user, new Dictionary<StreamId, long> { [pool.Stream] = seen })).ToList();
        _scheduler.Run();

        _reads.ShouldBe(2);
        entries.Take(5).Now().Select(entry => entry!.Version).ShouldBe([1, 2, 3, 4, 5]);
        entries[5].Now().ShouldBeNull();
        credits.Now().Select(list => list.Count).ShouldBe([5, 4, 3, 2, 1, 0]);
    }

    [Fact]
    public void TooManyWaiting_FailAtOnce()
    {
        var loader = Loader(new LoadOptions { WaitLimit = 3 });
        var taken = Enumerable.Range(0, 3)
            .Select(i => loader.LoadAsync(new LoadRequest(StreamId.Of($"user/{i}"), true))).ToList();

        Should.Throw<LedgerUnavailableException>(() => loader.LoadAsync(new LoadRequest(StreamId.Of("user/x"), true)));

        _scheduler.Run();
        taken.Now().Count.ShouldBe(3);
        var again = loader.LoadAsync(new LoadRequest(StreamId.Of("user/x"), true));
        _scheduler.Run();
        again.Now().Tail.ShouldBeEmpty();
    }

    [Fact]
    public void FailedQuery_FailsItsRequestsAndNoOthers()
    {
        var away = true;
        _ledger.OnRead = () => away ? throw new LedgerUnavailableException("away") : ValueTask.CompletedTask;
        var loader = Loader(new LoadOptions());
        var failed = loader.LoadAsync(new LoadRequest(StreamId.Of("user/a"), true));
        _scheduler.Run();
        away = false;
        var sound = loader.LoadAsync(new LoadRequest(StreamId.Of("user/a"), true));
        _scheduler.Run();

        Should.Throw<LedgerUnavailableException>(() => failed.Now());
        sound.Now().Tail.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private List<StreamAuthor> Authors(int count)
    {
        var authors = Enumerable.Range(0, count).Select(i => new StreamAuthor($"user/{i}")).ToList();
        _ledger.Journal.Append([.. authors.Select(author => author.Commit())]).ShouldBe(WriteOutcome.Committed);
        return authors;
    }

    private LoadCoalescer Loader(LoadOptions options) => new(_ledger, options, _scheduler);
}
