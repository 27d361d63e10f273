using Microsoft.Extensions.Configuration;
using NBomber.Contracts;

namespace Campaigns.LoadRunner.Running;

/// <summary>What a run was told by code and by its JSON configuration; the configuration has won.</summary>
internal sealed record SessionSettings
{
    public required IReadOnlyList<ScenarioProps> Scenarios { get; init; }

    public string TestSuite { get; init; } = "nbomber_default_test_suite_name";

    public string TestName { get; init; } = "nbomber_default_test_name";

    /// <summary>Between looks at the thresholds.</summary>
    public TimeSpan ReportingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For answers that are still to come when the last request was sent.</summary>
    public TimeSpan CompletionTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Iterations under way at one time; more are not started and count as failed. One takes some 10 KB with its
    /// connection.
    /// </summary>
    public int MostInFlight { get; init; } = 8_192;

    /// <summary>Told of each measured iteration that was not started: when it was due, since measuring began.</summary>
    public Action<TimeSpan>? NotSent { get; init; }

    /// <summary>A line on stderr at every reporting interval.</summary>
    public bool Progress { get; init; } = true;

    public IConfiguration? Configuration { get; init; }
}
