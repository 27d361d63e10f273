using System.Diagnostics;
using System.Globalization;

namespace Campaigns.LoadTests.Targets;

/// <summary>A host of the run's own, which may be killed and started again on the same address and data.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const int LinesKept = 200;
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(40);

    private readonly ProcessStartInfo _start;
    private readonly Queue<string> _lines = new();
    private Process? _process;

    public HostProcess(
        HostProgram program, string folder, string? postgres, IReadOnlyDictionary<string, string> settings)
    {
        _start = program.Command(["up", "--no-demo", "--data", folder]);
        _start.Environment["Campaigns__Urls"] = "http://127.0.0.1:0";
        if (postgres is not null)
        {
            _start.Environment["Campaigns__Postgres"] = postgres;
        }

        foreach (var (name, value) in settings)
        {
            _start.Environment[name] = value;
        }

        // A test of the generator must not leave a host behind when it is interrupted.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillNow();
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Null while it is down.</summary>
    public int? Id { get; private set; }

    /// <summary>True where it was started, not killed, and is gone all the same.</summary>
    public bool HasEnded => Id is not null && _process is { HasExited: true };

    /// <summary>The last lines that it printed.</summary>
    public string Log
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public async Task StartAsync()
    {
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = _start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Take(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Take(line.Data, ready);
        process.Exited += (_, _) => ready.TrySetException(
            new TargetException("the host ended before it was ready:\n" + Log));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        try
        {
            Address = await ready.Task.WaitAsync(StartsWithin);
        }
        catch (TimeoutException)
        {
            throw new TargetException($"the host was not ready within {StartsWithin.TotalSeconds:0} s:\n" + Log);
        }

        // A second start has to be found where the first one was.
        _start.Environment["Campaigns__Urls"] = Address.ToString().TrimEnd('/');
        Id = process.Id;
    }

    /// <summary>kill -9; returns once the process is gone.</summary>
    public async Task KillAsync()
    {
        Id = null;
        KillNow();
        await _process!.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } process)
        {
            Id = null;
            var id = process.Id.ToString(CultureInfo.InvariantCulture);
            using var signal = Process.Start("kill", ["-TERM", id]);
            using var bound = new CancellationTokenSource(StopsWithin);
            try
            {
                await process.WaitForExitAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                KillNow();
            }
        }

        _process?.Dispose();
        _process = null;
    }

    private void KillNow()
    {
        try
        {
            _process?.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private void Take(string? line, TaskCompletionSource<Uri> ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
            {
                _lines.Dequeue();
            }
        }

        if (line.StartsWith("ready: ", StringComparison.Ordinal))
        {
            var address = line.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal));
            ready.TrySetResult(new Uri(address));
        }
    }
}
