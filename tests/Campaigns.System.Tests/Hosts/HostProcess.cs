using System.Collections.Concurrent;
using System.Diagnostics;

namespace Campaigns.System.Tests.Hosts;

/// <summary>A host in a process of its own, as <c>./campaigns up</c> starts it.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<HostProcess, bool> Running = new();
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BuildsWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static HostProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var host in Running.Keys)
        {
            host._process.Kill(entireProcessTree: true);
        }
    };

    private HostProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(
            new InvalidOperationException("The host ended before it was ready:\n" + Log));
        _process.Start();
        Running[this] = true;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public bool HasEnded => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>Processor time that the host has taken so far.</summary>
    public TimeSpan Worked
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What the host has printed.</summary>
    public string Log => string.Join('\n', _lines);

    /// <summary>Starts a host and waits for its line <c>ready:</c>.</summary>
    public static Task<HostProcess> StartAsync(
        IReadOnlyDictionary<string, string> settings, params string[] arguments) =>
        ReadyAsync(Begin("dotnet", [HostProgram.Path, "up", .. arguments], settings), StartsWithin);

    /// <summary>The same for another role than <c>up</c>: <c>silo</c>, <c>gateway</c> or <c>cluster</c>.</summary>
    public static Task<HostProcess> StartRoleAsync(string role, IReadOnlyDictionary<string, string> settings) =>
        ReadyAsync(Begin("dotnet", [HostProgram.Path, role], settings), StartsWithin);

    /// <summary>The same by the entry script, which may have to build first.</summary>
    /// <param name="copy">The working copy whose script it is, and where; null: the one of these tests.</param>
    public static Task<HostProcess> StartScriptAsync(
        IReadOnlyDictionary<string, string> settings, string? copy = null)
    {
        var script = Path.Combine(copy ?? HostProgram.RepositoryRoot, "campaigns");
        return ReadyAsync(Begin(script, ["up"], settings, copy), BuildsWithin);
    }

    private static async Task<HostProcess> ReadyAsync(HostProcess host, TimeSpan within)
    {
        try
        {
            host.Address = await host._ready.Task.WaitAsync(within);
            host.Log.ShouldContain($" on {HostProgram.GrainRuntime} grains and ");
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a host that is expected to give up, and waits for that.</summary>
    public static async Task<(int ExitCode, string Log)> RefusedAsync(
        IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        await using var host = Begin("dotnet", [HostProgram.Path, "up", .. arguments], settings);
        return (await host.ExitAsync(), host.Log);
    }

    /// <summary>Waits for the process to end by itself or by a signal; the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var bound = new CancellationTokenSource(StopsWithin);
        await _process.WaitForExitAsync(bound.Token);
        _ = _ready.Task.Exception;
        return _process.ExitCode;
    }

    public void Signal(string name) => _process.Send(name);

    /// <summary>Stops all of its threads for a time, as a pause of the machine does.</summary>
    public async Task FreezeAsync(TimeSpan time)
    {
        Signal("STOP");
        await Task.Delay(time);
        Signal("CONT");
    }

    /// <summary>kill -9; returns once the process is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signal("TERM");
        return await ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        Running.TryRemove(this, out _);
        _process.Dispose();
    }

    private static HostProcess Begin(
        string program, string[] arguments, IReadOnlyDictionary<string, string> settings, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        start.Environment.TryAdd("Campaigns__Urls", "http://127.0.0.1:0");
        return new HostProcess(start);
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (line.StartsWith("ready: ", StringComparison.Ordinal))
        {
            var address = line.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal));
            _ready.TrySetResult(new Uri(address.TrimEnd(',', '.', ';')));
        }
    }
}
