namespace NBomber.Contracts.Stats;

public enum ReportFormat
{
    Txt = 0,
    Html = 1,
    Csv = 2,
    Md = 3,
}

public enum OperationType
{
    None = 0,
    Init = 1,
    WarmUp = 2,
    Bombing = 3,
    Stop = 4,
    Complete = 5,
    Error = 6,
}

public sealed record TestInfo
{
    public required string SessionId { get; init; }

    public required string TestSuite { get; init; }

    public required string TestName { get; init; }

    public required DateTime Created { get; init; }
}

public sealed record NodeInfo
{
    public required string MachineName { get; init; }

    public required OperationType CurrentOperation { get; init; }

    public required string OS { get; init; }

    public required string DotNetVersion { get; init; }

    public required string Processor { get; init; }

    public required int CoresCount { get; init; }

    /// <summary>Of the stand-in: says that it is not NBomber.</summary>
    public required string NBomberVersion { get; init; }
}

public sealed record StatusCodeStats
{
    public required string StatusCode { get; init; }

    public required bool IsError { get; init; }

    public required string Message { get; init; }

    public required int Count { get; init; }

    /// <summary>Of all requests, rounded.</summary>
    public required int Percent { get; init; }
}

public sealed record RequestStats
{
    public required int Count { get; init; }

    public required double RPS { get; init; }

    /// <summary>Of all requests, rounded.</summary>
    public required int Percent { get; init; }
}

/// <summary>Milliseconds.</summary>
public sealed record LatencyStats
{
    public required double MinMs { get; init; }

    public required double MeanMs { get; init; }

    public required double MaxMs { get; init; }

    public required double Percent50 { get; init; }

    public required double Percent75 { get; init; }

    public required double Percent95 { get; init; }

    public required double Percent99 { get; init; }

    public required double StdDev { get; init; }
}

/// <summary>Bytes. The stand-in counts sums and extremes, no percentiles.</summary>
public sealed record DataTransferStats
{
    public required long MinBytes { get; init; }

    public required long MeanBytes { get; init; }

    public required long MaxBytes { get; init; }

    public required long AllBytes { get; init; }
}

public sealed record MeasurementStats
{
    public required RequestStats Request { get; init; }

    public required LatencyStats Latency { get; init; }

    public required DataTransferStats DataTransfer { get; init; }

    public required StatusCodeStats[] StatusCodes { get; init; }
}

public sealed record StepStats
{
    public required string StepName { get; init; }

    public required MeasurementStats Ok { get; init; }

    public required MeasurementStats Fail { get; init; }
}

public sealed record ScenarioStats
{
    public required string ScenarioName { get; init; }

    public required MeasurementStats Ok { get; init; }

    public required MeasurementStats Fail { get; init; }

    public required StepStats[] StepStats { get; init; }

    public required TimeSpan Duration { get; init; }

    public int AllRequestCount => AllOkCount + AllFailCount;

    public int AllOkCount => Ok.Request.Count;

    public int AllFailCount => Fail.Request.Count;
}

public sealed record ThresholdResult
{
    public required string ScenarioName { get; init; }

    public required string StepName { get; init; }

    public required string CheckExpression { get; init; }

    /// <summary>Empty where the check did not throw.</summary>
    public required string ExceptionMsg { get; init; }

    public required int ErrorCount { get; init; }

    public required bool IsFailed { get; init; }
}

public sealed record ReportFile
{
    public required string FilePath { get; init; }

    public required ReportFormat ReportFormat { get; init; }

    public required string ReportContent { get; init; }
}

/// <summary>The result of a run.</summary>
public sealed record NodeStats
{
    public required ScenarioStats[] ScenarioStats { get; init; }

    public required ThresholdResult[] Thresholds { get; init; }

    public required NodeInfo NodeInfo { get; init; }

    public required TestInfo TestInfo { get; init; }

    public required TimeSpan Duration { get; init; }

    public required ReportFile[] ReportFiles { get; init; }

    public int AllRequestCount => AllOkCount + AllFailCount;

    /// <summary>Of all scenarios.</summary>
    public int AllOkCount => ScenarioStats.Sum(scenario => scenario.AllOkCount);

    /// <summary>Of all scenarios.</summary>
    public int AllFailCount => ScenarioStats.Sum(scenario => scenario.AllFailCount);

    /// <summary>How the generator itself has done; NBomber has nothing like it.</summary>
    public required Campaigns.LoadRunner.Running.GeneratorHealth Generator { get; init; }
}
