using System.Collections.Concurrent;
using System.Diagnostics;

namespace Campaigns.Bench.Systems;

/// <summary>A process that the bench has started; it ends with the bench.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<ChildProcess, bool> Running = new();
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var child in Running.Keys)
        {
            child._process.Kill(entireProcessTree: true);
        }
    };

    public ChildProcess(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.Start();
        Running[this] = true;
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public StreamReader Output => _process.StandardOutput;

    public StreamWriter Input => _process.StandardInput;

    /// <summary>Waits for a line of the output that begins so, and goes on reading behind it.</summary>
    public async Task<string> LineAsync(string beginning)
    {
        using var bound = new CancellationTokenSource(StartsWithin);
        while (await Output.ReadLineAsync(bound.Token) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                _ = DrainAsync();
                return line;
            }
        }

        throw new InvalidOperationException(
            $"{_process.StartInfo.FileName} ended before it was ready: {string.Join('\n', _errors)}");
    }

    /// <summary>The address in the line <c>ready: ADDRESS ...</c>.</summary>
    public async Task<Uri> ReadyAsync() => new((await LineAsync("ready: ")).Split(' ')[1]);

    public async ValueTask DisposeAsync()
    {
        Running.TryRemove(this, out _);
        if (!_process.HasExited)
        {
            using var kill = Process.Start("/bin/kill", ["-TERM", $"{Id}"]);
            using var bound = new CancellationTokenSource(StopsWithin);
            try
            {
                await _process.WaitForExitAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private async Task DrainAsync()
    {
        try
        {
            while (await Output.ReadLineAsync() is not null)
            {
            }
        }
        catch (ObjectDisposedException)
        {
            // The process is gone.
        }
    }
}
