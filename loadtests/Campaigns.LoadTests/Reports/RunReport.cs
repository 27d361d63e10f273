using Campaigns.LoadTests.Auditing;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Scenarios;
using NBomber.Contracts.Stats;

namespace Campaigns.LoadTests.Reports;

/// <summary>A run and its verdict.</summary>
internal sealed record RunReport
{
    private const double FewestSent = 0.95;

    public required LoadScenario Scenario { get; init; }

    public required LoadOptions Options { get; init; }

    public required LoadPlan Plan { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required RunEnvironment Environment { get; init; }

    public required Meter Meter { get; init; }

    public required IReadOnlyList<ResourceSample> Samples { get; init; }

    public required RunnerResult Result { get; init; }

    public required IReadOnlyList<Requirement> Requirements { get; init; }

    public required AuditFindings Audit { get; init; }

    public required int Connections { get; init; }

    /// <summary>Of the measured part.</summary>
    public TimeSpan Elapsed => Result.Stats.Duration;

    /// <summary>Checks and audit; what sets the exit code.</summary>
    public bool Holds => Audit.Holds && Checks.All(check => check.Holds);

    /// <summary>What the run is worth nothing without, thresholds and requirements in one list.</summary>
    public IReadOnlyList<Requirement> Checks => [SomethingDone, PlanSent, .. Thresholds, .. Requirements];

    /// <summary>A threshold that the runner does not tell of was not checked.</summary>
    private IEnumerable<Requirement> Thresholds => Scenario.Checked(Plan, Options).Select((named, place) =>
        place >= Result.Stats.Thresholds.Length
            ? new Requirement(named.Text, false, "not checked: the runner does not tell of it")
            : Of(named, Result.Stats.Thresholds[place]));

    private Requirement SomethingDone
    {
        get
        {
            var kinds = Meter.Kinds.Where(tally => tally.Kind != Meter.NotSentKind).ToList();
            var without = kinds.Where(tally => tally[Verdict.Done] == 0).Select(tally => tally.Kind).ToList();
            return new Requirement(
                "some of each kind of request are done",
                kinds.Count > 0 && without.Count == 0,
                kinds.Count == 0 ? "nothing was asked"
                    : without.Count == 0 ? $"{Meter.Total()[Verdict.Done]} done"
                    : "none of " + string.Join(", ", without));
        }
    }

    private Requirement PlanSent
    {
        get
        {
            var sent = Result.Begun - Result.Stats.ScenarioStats.SelectMany(ran => ran.Fail.StatusCodes)
                .Where(code => code.StatusCode == Http.Verdicts.NotSent).Sum(code => (long)code.Count);
            return Result.Due is { } due
                ? new Requirement(
                    $"at least {FewestSent:0%} of the load that was meant is sent",
                    due > 0 && sent >= FewestSent * due, $"{sent} of {due} iterations")
                : new Requirement(
                    "the load that was meant is sent", sent > 0,
                    $"{sent} iterations; how many were due is not seen: the runner does not tell", Seen: false);
        }
    }

    /// <summary>One row per kind of request, and one of all where there are several.</summary>
    public IReadOnlyList<Tally> Rows => Meter.Kinds.Count > 1 ? [.. Meter.Kinds, Meter.Total()] : Meter.Kinds;

    public double PerSecond(long count) => Elapsed > TimeSpan.Zero ? count / Elapsed.TotalSeconds : 0;

    /// <summary>Processor microseconds per request of the measured part; null: not seen.</summary>
    public (double Host, double Generator)? Processor
    {
        get
        {
            var from = Meter.BeganAfter;
            var measured = Samples.Where(sample => sample.At >= from && sample.At <= from + Elapsed).ToList();
            var total = Meter.Total().All;
            return measured.Count < 2 || total == 0 || measured[^1].HostMemory == 0
                ? null
                : Share(measured[0], measured[^1], total * ((measured[^1].At - measured[0].At) / Elapsed));
        }
    }

    public static double Milliseconds(long microseconds) => microseconds / 1000.0;

    /// <summary>The quantiles that every report shows.</summary>
    public static IReadOnlyList<(string Name, double Quantile)> Quantiles { get; } =
        [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999)];

    /// <summary>Refusals, turned away and failed, by code.</summary>
    public static IEnumerable<KeyValuePair<string, long>> Refusals(Tally tally) => tally.Codes
        .Where(code => !code.Key.StartsWith('2'))
        .OrderByDescending(code => code.Value);

    public static IReadOnlyList<Verdict> Verdicts { get; } =
        [Verdict.Done, Verdict.Refused, Verdict.Busy, Verdict.Failed];

    private static Requirement Of(NamedThreshold named, ThresholdResult result) => new(
        named.Text,
        !result.IsFailed,
        result.IsFailed ? $"not met {result.ErrorCount} times {result.ExceptionMsg}".TrimEnd() : "met");

    private static (double Host, double Generator) Share(
        ResourceSample first, ResourceSample last, double requests) => (
        (last.HostProcessor - first.HostProcessor).TotalMicroseconds / requests,
        (last.GeneratorProcessor - first.GeneratorProcessor).TotalMicroseconds / requests);
}
