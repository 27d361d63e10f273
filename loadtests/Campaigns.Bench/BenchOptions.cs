namespace Campaigns.Bench;

/// <summary>What the command line says.</summary>
internal sealed record BenchOptions
{
    /// <summary>Rounds over all systems; medians are taken over these.</summary>
    public int Rounds { get; init; } = 5;

    public int Connections { get; init; } = 128;

    /// <summary>Length of a round of one system.</summary>
    public double Seconds { get; init; } = 4;

    /// <summary>Requests of a round instead of its length; 0: the length counts.</summary>
    public int Requests { get; init; }

    /// <summary>Requests of each of the two bursts that warm a system up: enough to be compiled for speed.</summary>
    public int WarmUpRequests { get; init; } = 40_000;

    /// <summary>The longest that a burst of warming up takes; it is what ends it for the slow systems.</summary>
    public double WarmUpSeconds { get; init; } = 20;

    /// <summary>How often a round is run at most, for one that others do not disturb.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How long an attempt waits for the machine to have nothing else to do.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Keys of systems; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary><c>postgres</c> or <c>sqlite</c>; null: our host runs on both.</summary>
    public string? Ledger { get; init; }

    /// <summary>Writes docs/performance.md and its charts.</summary>
    public bool Write { get; init; }
}
