using System.Collections.Concurrent;
using System.Net.Sockets;
using Campaigns.System.Tests.Clients;

namespace Campaigns.System.Tests.Load;

/// <summary>
/// Users who each draw once with one key, asked several times over, by a bounded number of connections. Keeps what
/// was answered, so that it can be held against what the system says afterwards.
/// </summary>
internal sealed class DrawBurst(
    string campaign, string activity, int users, int askedEach, string namedAfter = "user")
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<Answer>> _answers = new();
    private int _answered;

    public IReadOnlyList<string> Users { get; } =
        [.. Enumerable.Range(0, users).Select(user => $"{namedAfter}-{user:d7}")];

    /// <summary>Answers so far, those that say "ask again" included.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Each user's definite answers; users without one are absent.</summary>
    public IReadOnlyDictionary<string, Answer[]> Definite => _answers
        .Select(pair => (pair.Key, Answers: pair.Value.Where(answer => answer.Definite).ToArray()))
        .Where(pair => pair.Answers.Length > 0)
        .ToDictionary(pair => pair.Key, pair => pair.Answers);

    public IEnumerable<Answer> All => _answers.Values.SelectMany(answers => answers);

    public static string Key(string user) => "k-" + user;

    /// <summary>
    /// Every user asks <c>askedEach</c> times, the repetitions close behind the first. Stops asking when
    /// <paramref name="stop"/> says so; a request without an answer is left as that.
    /// </summary>
    public Task OnceAsync(Api api, int connections, CancellationToken stop = default)
    {
        var requests = Users.Chunk(connections).SelectMany(
            some => Enumerable.Range(0, askedEach).SelectMany(_ => some));
        return EachAsync(requests, connections, user => AskAsync(api, user), stop);
    }

    /// <summary>Users without a definite answer ask once.</summary>
    public Task OpenOnceAsync(Api api, int connections, CancellationToken stop = default) =>
        EachAsync(Open(), connections, user => AskAsync(api, user), stop);

    /// <summary>
    /// Users without a definite answer ask until they have one, for at most <paramref name="within"/>.
    /// </summary>
    public Task UntilAnsweredAsync(Api api, int connections, TimeSpan within) => EachAsync(
        Open(),
        connections,
        user => Eventually.ShouldBe(async () => await AskAsync(api, user) is { Definite: true }, within),
        CancellationToken.None);

    private List<string> Open()
    {
        var definite = Definite;
        return [.. Users.Where(user => !definite.ContainsKey(user))];
    }

    private static Task EachAsync(
        IEnumerable<string> users, int connections, Func<string, Task> ask, CancellationToken stop)
    {
        var queue = new ConcurrentQueue<string>(users);
        return Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            while (!stop.IsCancellationRequested && queue.TryDequeue(out var user))
            {
                await ask(user);
            }
        }));
    }

    /// <summary>Null where no answer came.</summary>
    private async Task<Answer?> AskAsync(Api api, string user)
    {
        try
        {
            var answer = await api.DrawAsync(user, Key(user), campaign, activity);
            _answers.GetOrAdd(user, _ => []).Add(answer);
            Interlocked.Increment(ref _answered);
            return answer;
        }
        catch (Exception failure)
            when (failure is HttpRequestException or TaskCanceledException or SocketException)
        {
            // The last comes bare where the host dies just after it has taken the connection.
            return null;
        }
    }
}
