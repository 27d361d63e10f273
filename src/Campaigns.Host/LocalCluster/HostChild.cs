using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Campaigns.Host.LocalCluster;

/// <summary>A silo or gateway as a child of this process: its lines go to stderr under its name.</summary>
internal sealed class HostChild
{
    /// <summary>A child's own limit is 32 s unless its settings say otherwise.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(35);

    private readonly string _name;
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostChild(string name, Process process) => (_name, _process) = (name, process);

    /// <summary>Where it listens; known once it is ready.</summary>
    public string Address => _ready.Task.Result;

    public static HostChild Start(string role, string name, IReadOnlyDictionary<string, string> settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Campaigns.Host.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath!, [program, role])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new HostChild(name, process);
        process.OutputDataReceived += (_, line) => child.Take(line.Data);
        process.ErrorDataReceived += (_, line) => child.Take(line.Data);
        process.Exited += (_, _) => child.End();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    public Task ReadyAsync(CancellationToken stop) => _ready.Task.WaitAsync(stop);

    /// <summary>Its name, once it has ended.</summary>
    public async Task<string> EndedAsync(CancellationToken stop)
    {
        await _ended.Task.WaitAsync(stop);
        return _name;
    }

    /// <summary>SIGTERM, and kill -9 for one that does not end.</summary>
    public async Task StopAsync()
    {
        Terminate();
        try
        {
            await _ended.Task.WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _ended.Task;
        }

        _process.Dispose();
    }

    private void Terminate()
    {
        try
        {
            var id = _process.Id.ToString(CultureInfo.InvariantCulture);
            using var kill = Process.Start("kill", ["-TERM", id]);
            kill.WaitForExit();
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception)
        {
            // Ended already, or there is no such program: the limit does the rest.
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        Console.Error.WriteLine($"{_name}: {line}");
        if (line.StartsWith("ready: ", StringComparison.Ordinal))
        {
            _ready.TrySetResult(line.Split(' ')[1]);
        }
    }

    private void End()
    {
        _ready.TrySetException(new HostException($"{_name} ended before it was ready."));
        _ended.TrySetResult();
    }
}
