using System.Diagnostics;
using Campaigns.System.Tests.Clients;

namespace Campaigns.System.Tests.Cluster;

/// <summary>
/// A stream of users who each draw once, a few at a time, until it is stopped; whoever is told "ask again" does. Its
/// latencies are those of single requests.
/// </summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Together = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly List<Answer> _answers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _users;

    public SteadyLoad(Api api, string campaign, string activity) => _running = Task.WhenAll(
        Enumerable.Range(0, Together).Select(_ => AskAsync(api, campaign, activity)));

    /// <summary>Users that have a definite answer.</summary>
    public int Served => Answers().Count(answer => answer.Definite);

    public Answer[] Answers()
    {
        lock (_answers)
        {
            return [.. _answers];
        }
    }

    /// <summary>The 99th percentile of what was asked lately; null while that is too little to say.</summary>
    public TimeSpan? LatelyP99(TimeSpan window)
    {
        var from = Stopwatch.GetTimestamp() - (long)(window.TotalSeconds * Stopwatch.Frequency);
        var times = Answers().Where(answer => answer.AskedAt >= from)
            .Select(answer => answer.AnsweredAt - answer.AskedAt)
            .Order()
            .ToList();
        return times.Count < 200 ? null : Stopwatch.GetElapsedTime(0, times[times.Count * 99 / 100]);
    }

    /// <summary>Ends the asking; fails where a request got no answer at all.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private async Task AskAsync(Api api, string campaign, string activity)
    {
        while (!_stop.IsCancellationRequested)
        {
            var user = $"steady-{Interlocked.Increment(ref _users)}";
            while (!(await AskOnceAsync(api, user, campaign, activity)).Definite && !_stop.IsCancellationRequested)
            {
                await Task.Delay(Pause);
            }

            await Task.Delay(Pause);
        }
    }

    private async Task<Answer> AskOnceAsync(Api api, string user, string campaign, string activity)
    {
        var answer = await api.DrawAsync(user, "k", campaign, activity);
        lock (_answers)
        {
            _answers.Add(answer);
        }

        return answer;
    }
}
