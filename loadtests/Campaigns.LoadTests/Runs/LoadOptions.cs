namespace Campaigns.LoadTests.Runs;

/// <summary>What the command line says.</summary>
internal sealed record LoadOptions
{
    public required string Scenario { get; init; }

    /// <summary>Iterations per second at the scenario's peak; null: the scenario's own.</summary>
    public int? Rate { get; init; }

    /// <summary>Of the measured part; null: the scenario's own.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Before it is measured.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Address of a running host; null: one of the run's own.</summary>
    public string? Target { get; init; }

    public string? Data { get; init; }

    public string? SigningKey { get; init; }

    public string? Postgres { get; init; }

    /// <summary>The host's program, for the run's own host and for its commands.</summary>
    public string? Host { get; init; }

    /// <summary>Folder of the reports; null: none.</summary>
    public string? Out { get; init; }

    /// <summary>NBomber's JSON configuration, a file; it wins over rate and duration.</summary>
    public string? Configuration { get; init; }

    /// <summary>Iterations under way at one time.</summary>
    public int InFlight { get; init; } = 8_192;

    /// <summary>What the target can do, in entries per second, for <c>overload</c>.</summary>
    public int Capacity { get; init; } = 4_000;

    /// <summary>Kills the run's own host in the middle and starts it again.</summary>
    public bool Crash { get; init; }

    /// <summary>Milliseconds that 99 of 100 answers may take.</summary>
    public int MaxP99 { get; init; } = 1_000;

    /// <summary>Share of requests that may fail or be turned away, percent.</summary>
    public int MaxFailed { get; init; } = 1;

    /// <summary>Settings of the run's own host, <c>NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> HostSettings { get; init; } = [];
}
