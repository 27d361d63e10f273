using System.Reflection;
using System.Runtime.InteropServices;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace Campaigns.LoadRunner.Running;

/// <summary>
/// A run: init, warm-up, measured load, the last answers, clean. Scenarios run side by side.
/// </summary>
internal sealed class Session : IDisposable
{
    private readonly SessionSettings _settings;
    private readonly ScenarioRun[] _runs;
    private readonly ThresholdChecks[] _thresholds;
    private string? _stopReason;

    public Session(SessionSettings settings, RunClock clock)
    {
        _settings = settings;
        Clock = clock;
        InFlight = new InFlight(settings.MostInFlight);
        TestInfo = new TestInfo
        {
            SessionId = $"{DateTime.UtcNow:yyyy-MM-dd_HH.mm.ss}_{Guid.NewGuid().ToString("n")[..8]}",
            TestSuite = settings.TestSuite,
            TestName = settings.TestName,
            Created = DateTime.UtcNow,
        };
        NodeInfo = new NodeInfo
        {
            MachineName = Environment.MachineName,
            CurrentOperation = OperationType.Complete,
            OS = RuntimeInformation.OSDescription,
            DotNetVersion = RuntimeInformation.FrameworkDescription,
            Processor = RuntimeInformation.ProcessArchitecture.ToString(),
            CoresCount = Environment.ProcessorCount,
            NBomberVersion = "none: Campaigns.LoadRunner "
                + typeof(Session).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                    ?.InformationalVersion,
        };
        _runs = [.. settings.Scenarios.Select(props => new ScenarioRun(this, props))];
        _thresholds = [.. _runs.Select(run => new ThresholdChecks(run))];
    }

    public RunClock Clock { get; }

    public InFlight InFlight { get; }

    public Action<TimeSpan>? NotSent => _settings.NotSent;

    public TestInfo TestInfo { get; }

    public NodeInfo NodeInfo { get; }

    public void Dispose()
    {
        foreach (var run in _runs)
        {
            run.Dispose();
        }
    }

    /// <param name="scenario">Null: all of them.</param>
    public void Stop(string? scenario, string reason)
    {
        Interlocked.CompareExchange(ref _stopReason, reason, null);
        foreach (var run in _runs.Where(run => scenario is null || run.Props.ScenarioName == scenario))
        {
            run.Stop();
        }
    }

    public async Task<NodeStats> RunAsync()
    {
        foreach (var run in _runs)
        {
            await (run.Props.Init?.Invoke(new InitContext(run, _settings, ScenarioOperation.Init))
                ?? Task.CompletedTask);
        }

        try
        {
            var loads = Array.ConvertAll(_runs, run => new ScenarioLoad(run));
            await Task.WhenAll(loads.Select(load => load.WarmUpAsync()));
            await DrainAsync();
            using (new Timer(_ => Check(), null, _settings.ReportingInterval, _settings.ReportingInterval))
            {
                await Task.WhenAll(loads.Select(load => load.BombAsync()));
                await DrainAsync();
            }
        }
        finally
        {
            await CleanAsync();
        }

        return Describe();
    }

    private async Task DrainAsync()
    {
        var giveUp = Clock.Now + (long)_settings.CompletionTimeout.TotalMicroseconds;
        while (InFlight.Now > 0 && Clock.Now < giveUp)
        {
            await Task.Delay(5);
        }
    }

    private async Task CleanAsync()
    {
        foreach (var run in _runs)
        {
            try
            {
                await (run.Props.Clean?.Invoke(new InitContext(run, _settings, ScenarioOperation.Clean))
                    ?? Task.CompletedTask);
            }
            catch (Exception failure)
            {
                await Console.Error.WriteLineAsync($"clean of {run.Props.ScenarioName}: {failure.Message}");
            }
        }
    }

    private void Check()
    {
        for (var i = 0; i < _runs.Length; i++)
        {
            var stats = _runs[i].Describe();
            if (_settings.Progress)
            {
                Console.Error.WriteLine(
                    $"{stats.Duration:hh\\:mm\\:ss} {stats.ScenarioName}: {stats.Ok.Request.Count} ok, "
                    + $"{stats.Fail.Request.Count} failed, {stats.Ok.Request.RPS:0}/s, "
                    + $"p99 {stats.Ok.Latency.Percent99:0.0} ms, {InFlight.Now} in flight");
            }

            lock (_thresholds)
            {
                if (_thresholds[i].Run(stats))
                {
                    Stop(null, "a threshold was not met too often");
                }
            }
        }
    }

    private NodeStats Describe()
    {
        var stats = Array.ConvertAll(_runs, run => run.Describe());
        lock (_thresholds)
        {
            for (var i = 0; i < stats.Length; i++)
            {
                _thresholds[i].Run(stats[i]);
            }
        }

        if (_stopReason is not null)
        {
            Console.Error.WriteLine($"stopped early: {_stopReason}");
        }

        return new NodeStats
        {
            ScenarioStats = stats,
            Thresholds = [.. _thresholds.SelectMany(checks => checks.Results)],
            NodeInfo = NodeInfo,
            TestInfo = TestInfo,
            Duration = stats.Select(scenario => scenario.Duration).DefaultIfEmpty().Max(),
            ReportFiles = [],
            Generator = InFlight.Describe(),
        };
    }
}
