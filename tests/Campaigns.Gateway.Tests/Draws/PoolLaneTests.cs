using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Campaigns.Contracts;
using Campaigns.Gateway.Draws;
using Campaigns.Gateway.Hosting;
using Campaigns.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Campaigns.Gateway.Tests.Draws;

public sealed class PoolLaneTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ManualTime _time = new();
    private readonly DrawOptions _options = new() { Batch = 4, Overlap = 4, CallsInFlight = 2, Queue = 10 };
    private readonly LimitOptions _limits = new();
    private readonly GatedPool _pool = new();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task FirstDraw_LeavesAtOnceAndAlone()
    {
        var draw = Lane().DrawAsync(Draw(1)).AsTask();

        var call = await _pool.NextAsync();
        call.Users.ShouldBe(["u-1"]);
        call.Answer();

        (await draw.WaitAsync(Patience)).Result!.Entry.ShouldBe(1);
    }

    [Fact]
    public async Task DrawsThatWait_TravelTogetherInOrder_OnceTheCallBeforeIsAnswered()
    {
        var lane = Lane();
        var draw = lane.DrawAsync(Draw(1)).AsTask();
        var first = await _pool.NextAsync();
        var waiting = Enumerable.Range(2, 3).Select(user => lane.DrawAsync(Draw(user)).AsTask()).ToArray();
        _pool.UnderWay.ShouldBe(1);

        first.Answer();
        await draw.WaitAsync(Patience);
        var second = await _pool.NextAsync();
        second.Users.ShouldBe(["u-2", "u-3", "u-4"]);
        second.Answer();

        var replies = await Task.WhenAll(waiting).WaitAsync(Patience);
        replies.Select(reply => reply.Result!.Entry).ShouldBe([2, 3, 4]);
        _pool.MostUnderWay.ShouldBe(1);
    }

    [Fact]
    public async Task FullBatch_LeavesBesideTheCallUnderWay_NotMoreThanABatchAndNotMoreCallsThanAllowed()
    {
        var lane = Lane();
        var (first, second) = await FillCallsAsync(lane);
        second.Users.ShouldBe(["u-2", "u-3", "u-4", "u-5"]);

        var waiting = Enumerable.Range(6, 6).Select(user => lane.DrawAsync(Draw(user)).AsTask()).ToArray();
        _pool.UnderWay.ShouldBe(2);
        first.Answer();
        var third = await _pool.NextAsync();
        third.Users.ShouldBe(["u-6", "u-7", "u-8", "u-9"]);
        second.Answer();
        third.Answer();
        var fourth = await _pool.NextAsync();
        fourth.Users.ShouldBe(["u-10", "u-11"]);
        fourth.Answer();

        var replies = await Task.WhenAll(waiting).WaitAsync(Patience);
        replies.Select(reply => reply.Result!.Entry).ShouldBe([6, 7, 8, 9, 10, 11]);
        _pool.MostUnderWay.ShouldBe(2);
    }

    [Fact]
    public async Task FurtherCall_WaitsUntilItIsNotSmallerThanTheOneUnderWay()
    {
        (_options.Batch, _options.Overlap) = (8, 2);
        var lane = Lane();
        var one = lane.DrawAsync(Draw(1)).AsTask();
        var first = await _pool.NextAsync();
        var two = Enumerable.Range(2, 2).Select(user => lane.DrawAsync(Draw(user)).AsTask()).ToArray();
        var second = await _pool.NextAsync();
        second.Users.ShouldBe(["u-2", "u-3"]);
        first.Answer();
        await one.WaitAsync(Patience);

        var few = lane.DrawAsync(Draw(4)).AsTask();
        _pool.UnderWay.ShouldBe(1);
        var enough = lane.DrawAsync(Draw(5)).AsTask();
        var third = await _pool.NextAsync();
        third.Users.ShouldBe(["u-4", "u-5"]);

        second.Answer();
        third.Answer();
        await Task.WhenAll([few, enough, .. two]).WaitAsync(Patience);
    }

    [Fact]
    public async Task FullQueue_RefusesAtOnceAndForgetsNobody()
    {
        var lane = Lane();
        var (first, second) = await FillCallsAsync(lane);

        var waiting = Enumerable.Range(6, 10).Select(user => lane.DrawAsync(Draw(user)).AsTask()).ToArray();
        var refused = lane.DrawAsync(Draw(99));

        refused.IsCompletedSuccessfully.ShouldBeTrue();
        (await refused).Outcome.ShouldBe(Outcome.Overloaded);
        waiting.ShouldAllBe(task => !task.IsCompleted);
        _pool.AnswerAll();
        first.Answer();
        second.Answer();
        (await Task.WhenAll(waiting).WaitAsync(Patience)).ShouldAllBe(reply => reply.Outcome == Outcome.Done);
        _pool.Seen.ShouldNotContain("u-99");
    }

    [Fact]
    public async Task SlowShard_RefusesWhileADrawHasWaitedTooLong_AndTakesMoreOnceItHasLeft()
    {
        var lane = Lane();
        lane.IsFull.ShouldBeFalse();
        var (first, second) = await FillCallsAsync(lane);
        var waiting = lane.DrawAsync(Draw(6)).AsTask();
        _time.Advance(_options.LongestWait);
        var patient = lane.DrawAsync(Draw(7)).AsTask();
        patient.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(1));
        lane.IsFull.ShouldBeTrue();
        (await lane.DrawAsync(Draw(99))).Outcome.ShouldBe(Outcome.Overloaded);

        _pool.AnswerAll();
        first.Answer();
        second.Answer();
        (await waiting.WaitAsync(Patience)).Outcome.ShouldBe(Outcome.Done);
        (await patient.WaitAsync(Patience)).Outcome.ShouldBe(Outcome.Done);
        lane.IsFull.ShouldBeFalse();
        (await lane.DrawAsync(Draw(8)).AsTask().WaitAsync(Patience)).Outcome.ShouldBe(Outcome.Done);
        _pool.Seen.ShouldNotContain("u-99");
    }

    [Fact]
    public async Task FailedCall_IsAnsweredAsRetryable_AndTheNextOneIsSent()
    {
        var lane = Lane();
        var failing = lane.DrawAsync(Draw(1)).AsTask();
        (await _pool.NextAsync()).Fail(new InvalidOperationException("the silo is gone"));

        (await failing.WaitAsync(Patience)).Outcome.ShouldBe(Outcome.Unavailable);

        var next = lane.DrawAsync(Draw(2)).AsTask();
        (await _pool.NextAsync()).Answer();
        (await next.WaitAsync(Patience)).Outcome.ShouldBe(Outcome.Done);
    }

    [Fact]
    public async Task CallWithoutAnswer_IsGivenUpAfterItsTime_AndFreesItsPlace()
    {
        var lane = Lane();
        var (first, second) = await FillCallsAsync(lane);
        var late = lane.DrawAsync(Draw(6)).AsTask();

        _time.Advance(_limits.CallTimeout);

        (await first.Draw.WaitAsync(Patience)).Outcome.ShouldBe(Outcome.Unavailable);
        (await second.Draw.WaitAsync(Patience)).Outcome.ShouldBe(Outcome.Unavailable);
        (await late.WaitAsync(Patience)).Outcome.ShouldBe(Outcome.Overloaded, "it waited longer than a call may take");
        _pool.Seen.ShouldNotContain("u-6");
        var next = lane.DrawAsync(Draw(7)).AsTask();
        (await _pool.NextAsync()).Answer();
        (await next.WaitAsync(Patience)).Outcome.ShouldBe(Outcome.Done);
    }

    [Fact]
    public async Task TooFewReplies_LeaveNobodyWaiting()
    {
        var lane = Lane();
        var (first, second) = await FillCallsAsync(lane);
        var waiting = Enumerable.Range(6, 3).Select(user => lane.DrawAsync(Draw(user)).AsTask()).ToArray();
        first.Answer();
        second.Answer();
        (await _pool.NextAsync()).AnswerOnly(1);

        var replies = await Task.WhenAll(waiting).WaitAsync(Patience);
        replies.Select(reply => reply.Outcome).ShouldBe([Outcome.Done, Outcome.Unavailable, Outcome.Unavailable]);
    }

    [Fact]
    public async Task ManyThreads_LoseNothingAndGetTheirOwnReplies()
    {
        _options.Queue = 100_000;
        _options.Batch = 64;
        var lane = Lane();
        _pool.AnswerAll();
        using var start = new Barrier(8);

        var threads = Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(
            async () =>
            {
                start.SignalAndWait();
                var draws = Enumerable.Range(0, 1000).Select(i => (thread * 1000) + i)
                    .Select(async user => ((long)user, (await lane.DrawAsync(Draw(user))).Result!.Entry));
                foreach (var (user, entry) in await Task.WhenAll(draws))
                {
                    entry.ShouldBe(user);
                }
            },
            TaskCreationOptions.LongRunning).Unwrap());

        await Task.WhenAll(threads).WaitAsync(Patience);
        _pool.Seen.Count.ShouldBe(8000);
        _pool.MostUnderWay.ShouldBeLessThanOrEqualTo(2);
        _pool.LargestBatch.ShouldBeLessThanOrEqualTo(64);
        lane.IsIdle.ShouldBeTrue();
    }

    [Fact]
    public async Task EachCall_IsASpanOfItsOwn_WithItsPoolAndItsSizeAndHowItEnded()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Campaigns.Gateway",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if ((string?)span.GetTagItem("campaigns.pool") == "traced/rain/0")
                {
                    spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new Activity("request").Start();
        var lane = Lane("traced/rain/0");
        var draws = new List<Task<DrawReply>> { lane.DrawAsync(Draw(1)).AsTask() };
        var first = await _pool.NextAsync();
        draws.AddRange(Enumerable.Range(2, 3).Select(user => lane.DrawAsync(Draw(user)).AsTask()));

        first.Answer();
        (await _pool.NextAsync()).Fail(new TimeoutException());
        await Task.WhenAll(draws).WaitAsync(Patience);

        await Eventually.ShouldBe(() => spans.Count == 2);
        spans.Select(span => (span.GetTagItem("campaigns.draws"), span.Status, span.ParentId)).ShouldBe(
            [(1, ActivityStatusCode.Unset, null), (3, ActivityStatusCode.Error, null)]);
    }

    /// <summary>Two calls that are both under way: the first with one draw, the second with a batch.</summary>
    private async Task<(GatedCall First, GatedCall Second)> FillCallsAsync(PoolLane lane)
    {
        var draw = lane.DrawAsync(Draw(1)).AsTask();
        var first = await _pool.NextAsync();
        first.Draw = draw;
        draw = lane.DrawAsync(Draw(2)).AsTask();
        for (var user = 3; user < 2 + _options.Batch; user++)
        {
            _ = lane.DrawAsync(Draw(user)).AsTask();
        }

        var second = await _pool.NextAsync();
        second.Draw = draw;
        return (first, second);
    }

    private PoolLane Lane(string shard = "night/rain/0") => new(
        _pool.Grain, shard, _options, _options.Queue, _limits, _time,
        new DrawMetrics(_services.GetRequiredService<IMeterFactory>()),
        NullLogger.Instance);

    private static PoolDraw Draw(int user) =>
        new($"u-{user}", new Operation(1, 2), FactSet.Empty, null, 0, null, false);

    /// <summary>A pool whose calls end when the test says so; a draw's entry is the number in its user's id.</summary>
    private sealed class GatedPool
    {
        private readonly BlockingCollection<GatedCall> _calls = [];
        private volatile bool _answerAll;
        private int _underWay;

        public GatedPool()
        {
            Grain = Substitute.For<IPacketPoolGrain>();
            Grain.Draw(Arg.Any<DrawBatch>()).Returns(call => DrawAsync(call.Arg<DrawBatch>()));
        }

        public IPacketPoolGrain Grain { get; }

        public ConcurrentQueue<string> Seen { get; } = new();

        public int UnderWay => Volatile.Read(ref _underWay);

        public int MostUnderWay { get; private set; }

        public int LargestBatch { get; private set; }

        public Task<GatedCall> NextAsync() => Task.Factory.StartNew(
            () => _calls.TryTake(out var call, Patience) ? call : throw new TimeoutException("no call was made"),
            TaskCreationOptions.LongRunning);

        public void AnswerAll() => _answerAll = true;

        private async Task<DrawReplies> DrawAsync(DrawBatch batch)
        {
            lock (_calls)
            {
                MostUnderWay = Math.Max(MostUnderWay, Interlocked.Increment(ref _underWay));
                LargestBatch = Math.Max(LargestBatch, batch.Draws.Length);
            }

            foreach (var draw in batch.Draws)
            {
                Seen.Enqueue(draw.UserId);
            }

            try
            {
                if (_answerAll)
                {
                    await Task.Yield();
                    return GatedCall.Replies(batch);
                }

                var call = new GatedCall(batch);
                _calls.Add(call);
                return await call.Completion;
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }
    }

    private sealed class GatedCall(DrawBatch batch)
    {
        private readonly TaskCompletionSource<DrawReplies> _completion =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<DrawReplies> Completion => _completion.Task;

        public Task<DrawReply> Draw { get; set; } = Task.FromResult(new DrawReply(Outcome.None));

        public IEnumerable<string> Users => batch.Draws.Select(draw => draw.UserId);

        public void Answer() => _completion.SetResult(Replies(batch));

        public void AnswerOnly(int count) => _completion.SetResult(new DrawReplies(Replies(batch).Replies[..count]));

        public void Fail(Exception failure) => _completion.SetException(failure);

        public static DrawReplies Replies(DrawBatch batch) => new(Array.ConvertAll(batch.Draws, draw =>
            new DrawReply(Outcome.Done, Hosts.TestCampaigns.Draw(entry: int.Parse(draw.UserId[2..])))));
    }
}
