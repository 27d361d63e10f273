using Campaigns.LoadTests.Auditing;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runner;
using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Scenarios;

namespace Campaigns.LoadTests.Reports;

/// <summary>A run and its verdict.</summary>
internal sealed record RunReport
{
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

    /// <summary>Thresholds, requirements and audit; what sets the exit code.</summary>
    public bool Holds => Audit.Holds && Checks.All(check => check.Holds);

    /// <summary>Thresholds and requirements in one list.</summary>
    public IReadOnlyList<Requirement> Checks =>
    [
        .. Scenario.Checked(Plan, Options).Zip(Result.Stats.Thresholds, (named, result) => new Requirement(
            named.Text,
            !result.IsFailed,
            result.IsFailed ? $"not met {result.ErrorCount} times {result.ExceptionMsg}".TrimEnd() : "met")),
        .. Requirements,
    ];

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

    private static (double Host, double Generator) Share(
        ResourceSample first, ResourceSample last, double requests) => (
        (last.HostProcessor - first.HostProcessor).TotalMicroseconds / requests,
        (last.GeneratorProcessor - first.GeneratorProcessor).TotalMicroseconds / requests);
}
