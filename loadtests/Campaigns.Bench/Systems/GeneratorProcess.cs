using System.Text.Json;
using Campaigns.Bench.Generator;

namespace Campaigns.Bench.Systems;

/// <summary>The generator in a process of its own, so that its processor time is told apart.</summary>
internal sealed class GeneratorProcess : IAsyncDisposable
{
    /// <summary>One event loop whose thread also runs what follows: no hand-over between threads.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        ["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1",
    };

    private readonly ChildProcess _process =
        new("dotnet", [Programs.Bench, GeneratorLoop.Command], Settings);

    /// <summary>Renders the requests and connects; returns when nothing is left but to send.</summary>
    public async Task PrepareAsync(BurstPlan plan)
    {
        await _process.Input.WriteLineAsync(JsonSerializer.Serialize(plan));
        await _process.Input.FlushAsync();
        var line = await _process.Output.ReadLineAsync();
        if (line != GeneratorLoop.Prepared)
        {
            throw new InvalidOperationException($"The generator has failed: {line}");
        }
    }

    public async Task<BurstResult> RunAsync()
    {
        await _process.Input.WriteLineAsync(GeneratorLoop.Go);
        await _process.Input.FlushAsync();
        var line = await _process.Output.ReadLineAsync()
            ?? throw new InvalidOperationException("The generator has ended.");
        return JsonSerializer.Deserialize<BurstResult>(line)!;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
