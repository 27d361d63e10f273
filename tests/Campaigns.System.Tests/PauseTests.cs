using System.Diagnostics;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

public sealed class PauseTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task PausedCampaign_StopsDrawsWithinASecond_AndResumedGoesOn(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        await api.LaunchAsync(PoolDocument.Of("pause", 100_000, 10_000_000));
        var answers = new List<Answer>();
        using var stop = new CancellationTokenSource();
        var drawing = DrawAsync(api, answers, stop.Token);

        await Eventually.ShouldBe(() => Count(answers, 201) > 20, TimeSpan.FromSeconds(10));
        var paused = await api.OperateAsync("pause", "pause");
        paused.Status.ShouldBe(200, paused.Body);
        await Eventually.ShouldBe(
            () => Stopwatch.GetElapsedTime(paused.AnsweredAt) > TimeSpan.FromSeconds(1.5) && Count(answers, 409) > 20,
            TimeSpan.FromSeconds(10));
        var resumed = await api.OperateAsync("pause", "resume");
        resumed.Status.ShouldBe(200, resumed.Body);
        await Eventually.ShouldBe(
            () => Stopwatch.GetElapsedTime(resumed.AnsweredAt) > TimeSpan.FromSeconds(1.5)
                && Answers(answers)[^1].AskedAt > resumed.AnsweredAt + Stopwatch.Frequency,
            TimeSpan.FromSeconds(10));
        stop.Cancel();
        await drawing;

        var second = Stopwatch.Frequency;
        answers.Where(answer => answer.Status == 409).ShouldAllBe(answer => answer.Code == "paused");
        answers.Where(answer => answer.AskedAt > paused.AnsweredAt + second && answer.AnsweredAt < resumed.AskedAt)
            .ShouldAllBe(answer => answer.Status == 409);
        answers.Where(answer => answer.AskedAt > resumed.AnsweredAt + second)
            .ShouldAllBe(answer => answer.Status == 201);
    }

    private static async Task DrawAsync(Api api, List<Answer> answers, CancellationToken stop)
    {
        for (var user = 0; !stop.IsCancellationRequested; user++)
        {
            var answer = await api.DrawAsync($"u-{user}", "k", "pause", PoolDocument.Pool);
            lock (answers)
            {
                answers.Add(answer);
            }
        }
    }

    private static int Count(List<Answer> answers, int status) => Answers(answers).Count(one => one.Status == status);

    private static Answer[] Answers(List<Answer> answers)
    {
        lock (answers)
        {
            return [.. answers];
        }
    }
}
