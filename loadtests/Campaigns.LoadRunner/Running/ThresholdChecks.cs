using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace Campaigns.LoadRunner.Running;

/// <summary>The thresholds of one scenario, compiled, and how often each was not met.</summary>
internal sealed class ThresholdChecks(ScenarioRun run)
{
    private readonly List<Check> _checks = [.. run.Props.Thresholds.Select(threshold => new Check(threshold))];

    public IEnumerable<ThresholdResult> Results => _checks.Select(check => check.Describe(run.Props.ScenarioName));

    /// <summary>True where a threshold asks for the run's end.</summary>
    public bool Run(ScenarioStats stats)
    {
        foreach (var check in _checks)
        {
            check.Run(stats);
        }

        return _checks.Exists(check => check.Aborts);
    }

    private sealed class Check(Threshold threshold)
    {
        private readonly Func<ScenarioStats, bool>? _scenario = threshold.CheckScenario?.Compile();
        private readonly Func<StepStats, bool>? _step = threshold.CheckStep?.Compile();
        private int _errors;
        private string _exception = "";

        public bool Aborts => threshold.AbortWhenErrorCount is { } limit && _errors >= limit;

        public void Run(ScenarioStats stats)
        {
            if (stats.Duration < (threshold.StartCheckAfter ?? TimeSpan.Zero))
            {
                return;
            }

            try
            {
                var holds = _scenario is not null
                    ? _scenario(stats)
                    : stats.StepStats.Find(threshold.StepName) is not { } step || _step!(step);
                _errors += holds ? 0 : 1;
            }
            catch (Exception failure)
            {
                _errors++;
                _exception = failure.Message;
            }
        }

        public ThresholdResult Describe(string scenario) => new()
        {
            ScenarioName = scenario,
            StepName = threshold.StepName,
            CheckExpression = (threshold.CheckScenario ?? (object)threshold.CheckStep!).ToString()!,
            ExceptionMsg = _exception,
            ErrorCount = _errors,
            IsFailed = _errors > 0,
        };
    }
}
