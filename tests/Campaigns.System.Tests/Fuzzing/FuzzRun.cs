using System.Collections.Concurrent;
using System.Text;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>
/// Sends the cases of a seed in rounds. A round is a piece of a campaign night, all at once; then requests at the edge
/// of the contract, one by one, so that it is known which of them wrote; then broken ones and reads, all at once, that
/// together must not have written a row.
/// </summary>
internal sealed class FuzzRun(FuzzScene scene, ApiDocument api, ulong seed)
{
    private const int Connections = 12;
    private const int MostFaults = 25;

    private readonly RequestMaker _maker = new(api, scene.Tokens, seed);
    private readonly AnswerRules _rules = new(api);
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentDictionary<(string Operation, int Status), int> _seen = new();
    private readonly FuzzLink[] _links = [.. Enumerable.Range(0, Connections).Select(_ => new FuzzLink(scene.Address))];

    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>How often an operation was answered with a status.</summary>
    public IReadOnlyDictionary<(string Operation, int Status), int> Seen => _seen;

    /// <summary>Rows that accepted requests wrote.</summary>
    public long Written { get; private set; }

    public int Refused => _seen.Where(pair => pair.Key.Status >= 400).Sum(pair => pair.Value);

    public async Task RunAsync(int first, int count)
    {
        for (var round = first; round < first + count && _faults.Count < MostFaults; round += RequestMaker.Round)
        {
            var end = Math.Min(round + RequestMaker.Round, first + count);
            var near = Math.Min(round + RequestMaker.NightOfRound, end);
            var broken = Math.Min(near + RequestMaker.NearOfRound, end);
            var before = await scene.DecisionsAsync();
            await TogetherAsync(round, near);
            Written += await OneByOneAsync(near, broken) - before;
            await UnchangedAsync(broken, end, whole: round == first || end == first + count);
        }
    }

    /// <summary>One case by itself.</summary>
    public async Task ReplayAsync(int number)
    {
        var before = await scene.RestAsync();
        var request = _maker.Make(number);
        var (accepted, answer) = await TryAsync(number, request, _links[0]);
        if (!accepted && await scene.DecisionsAsync() is var after && after != before)
        {
            Fail(number, request, answer, $"{after - before} rows were written by a request that was not accepted");
        }
    }

    private async Task TogetherAsync(int from, int to)
    {
        var next = from - 1;
        await Task.WhenAll(_links.Select(link => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < to && _faults.Count < MostFaults)
            {
                await TryAsync(number, _maker.Make(number), link);
            }
        })));
    }

    /// <summary>The number of rows once all of it has come to rest.</summary>
    private async Task<long> OneByOneAsync(int from, int to)
    {
        var rows = await scene.RestAsync();
        for (var number = from; number < to; number++)
        {
            var request = _maker.Make(number);
            var (accepted, answer) = await TryAsync(number, request, _links[0]);
            if (accepted)
            {
                rows = await scene.RestAsync();
            }
            else if (await scene.DecisionsAsync() is var after && after != rows)
            {
                Fail(number, request, answer, $"{after - rows} rows were written by a request that was not accepted");
                rows = after;
            }
        }

        return rows;
    }

    private async Task UnchangedAsync(int from, int to, bool whole)
    {
        var rows = await scene.EntriesAsync();
        var before = whole ? await scene.ExportAsync() : "";
        await TogetherAsync(from, to);
        if (await scene.EntriesAsync() is var after && after != rows)
        {
            _faults.Enqueue($"{after - rows} rows were written by one of the cases {from} to {to - 1}; seed {seed}");
        }

        if (whole)
        {
            (await scene.ExportAsync()).ShouldBe(before);
        }
    }

    /// <summary>True where the request was one that may write, and was accepted.</summary>
    private async Task<(bool Accepted, FuzzAnswer? Answer)> TryAsync(int number, FuzzRequest request, FuzzLink link)
    {
        FuzzAnswer answer;
        try
        {
            answer = await link.SendAsync(request.ToBytes(scene.Address), request.Method == "HEAD");
        }
        catch (Exception failure)
        {
            Fail(number, request, null, failure.Message);
            return (false, null);
        }

        _seen.AddOrUpdate((request.Operation.Id, answer.Status), 1, (_, seen) => seen + 1);
        if (_rules.Fault(request, answer) is { } fault)
        {
            Fail(number, request, answer, fault);
        }

        return (answer.Status < 300 && !request.Operation.Reads, answer);
    }

    private void Fail(int number, FuzzRequest request, FuzzAnswer? answer, string fault)
    {
        var sent = Encoding.UTF8.GetString(request.ToBytes(scene.Address));
        _faults.Enqueue($"""
            {request.What}: {fault}
            replay: {FuzzSeed.Replay(nameof(FuzzTests), number)}
            --- sent
            {(sent.Length > 3_000 ? sent[..3_000] + " ..." : sent)}
            --- answered
            {answer}
            """);
    }
}
