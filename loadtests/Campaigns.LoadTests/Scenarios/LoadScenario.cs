using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>A load test: its campaign, its requests, their rate over time, and what must hold of the result.</summary>
internal abstract class LoadScenario
{
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>As on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>One line.</summary>
    public abstract string Summary { get; }

    /// <summary>Iterations per second at the peak; for two cores that generator, host and database share.</summary>
    public virtual int Rate => 2_000;

    public virtual TimeSpan Duration => TimeSpan.FromSeconds(60);

    /// <summary>True where phases and requirements are about its own load over time: no other may be set.</summary>
    public virtual bool HasOwnShape => false;

    /// <summary>The campaign that the run creates.</summary>
    public abstract string Document(LoadPlan plan);

    /// <summary>All campaigns that the run creates, by id.</summary>
    public virtual IReadOnlyDictionary<string, string> Documents(LoadPlan plan) =>
        new Dictionary<string, string> { [plan.Campaign] = Document(plan) };

    /// <summary>What an iteration does; called once per run.</summary>
    public abstract Func<IScenarioContext, Task<IResponse>> Iterate(LoadRun run);

    /// <summary>Settings of the run's own host.</summary>
    public virtual IReadOnlyDictionary<string, string> HostSettings(LoadOptions options) =>
        new Dictionary<string, string>();

    /// <summary>The size of the run; a scenario may set its own peak.</summary>
    public virtual LoadPlan Plan(LoadOptions options) => new(
        LoadPlan.NewRunId(), options.Rate ?? Rate, options.Duration ?? Duration, options.WarmUp, options.Capacity);

    public virtual IReadOnlyList<Phase> Phases(LoadPlan plan) => [];

    public virtual LoadSimulation[] Simulations(LoadPlan plan) =>
        [Simulation.Inject(plan.Rate, Second, plan.Duration)];

    /// <summary>What the runner checks of its own measurements, in the middle and at the end.</summary>
    public virtual IReadOnlyList<NamedThreshold> Thresholds(LoadPlan plan, LoadOptions options)
    {
        var (maxFailed, maxP99) = (options.MaxFailed, options.MaxP99);
        return
        [
            new NamedThreshold(
                $"at most {maxFailed}% of requests fail or are turned away",
                Threshold.Create(
                    stats => stats.Fail.Request.Count * 100L
                        <= maxFailed * (long)(stats.Ok.Request.Count + stats.Fail.Request.Count),
                    startCheckAfter: plan.Duration / 2)),
            new NamedThreshold(
                $"99 of 100 answers take at most {maxP99} ms",
                Threshold.Create(stats => stats.Ok.Latency.Percent99 <= maxP99, startCheckAfter: plan.Duration / 2)),
        ];
    }

    /// <summary>What else the scenario asks of the result.</summary>
    public virtual IEnumerable<Requirement> Require(LoadRun run, IReadOnlyList<ResourceSample> samples) => [];

    /// <summary>A host that is killed in the middle fails requests: then only the audit counts.</summary>
    public IReadOnlyList<NamedThreshold> Checked(LoadPlan plan, LoadOptions options) =>
        options.Crash ? [] : Thresholds(plan, options);

    public ScenarioProps Build(LoadRun run, LoadOptions options)
    {
        // A request that fails is counted, and the next one is sent all the same.
        var scenario = Scenario.Create(Name, Iterate(run))
            .WithLoadSimulations(Simulations(run.Plan))
            .WithThresholds([.. Checked(run.Plan, options).Select(threshold => threshold.Threshold)])
            .WithRestartIterationOnFail(false)
            .WithMaxFailCount(int.MaxValue);
        return run.Plan.WarmUp > TimeSpan.Zero
            ? scenario.WithWarmUpDuration(run.Plan.WarmUp)
            : scenario.WithoutWarmUp();
    }
}

/// <param name="Text">What must hold.</param>
/// <param name="Measured">What was found.</param>
/// <param name="Seen">False: it could not be looked at from here, which no report may show as met.</param>
internal sealed record Requirement(string Text, bool Holds, string Measured, bool Seen = true);

/// <summary>A threshold in words.</summary>
internal sealed record NamedThreshold(string Text, Threshold Threshold);
