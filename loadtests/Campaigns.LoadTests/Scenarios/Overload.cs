using Campaigns.LoadTests.Flows;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>
/// Five times as much as the ledger can take, between two stretches of half of that. The ledger of the run's own host
/// is held down to the capacity, so that the rest of the machine is there to turn people away.
/// </summary>
internal sealed class Overload : LoadScenario
{
    private const string Pool = "hot";
    private const int Times = 5;
    private const double Goodput = 0.8;
    private const double Offered = 0.95;
    private const double TurnedWithin = 50;
    private const double ShortestMargin = 4;
    private const double LongestMargin = 10;
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    public override string Name => "overload";

    public override string Summary => $"{Times} times what the ledger can take (--capacity), held down to that";

    public override bool HasOwnShape => true;

    public override IReadOnlyDictionary<string, string> HostSettings(LoadOptions options) =>
        new Dictionary<string, string> { ["Campaigns__Testing__EntriesPerSecond"] = $"{options.Capacity}" };

    /// <summary>The duration that is asked for is that of the overload.</summary>
    public override LoadPlan Plan(LoadOptions options)
    {
        var plan = base.Plan(options);
        var margin = TimeSpan.FromSeconds(
            Math.Clamp(plan.Duration.TotalSeconds / 2, ShortestMargin, LongestMargin));
        return plan with
        {
            Rate = options.Rate ?? Times * options.Capacity,
            Duration = plan.Duration + (2 * margin),
            Margin = margin,
        };
    }

    public override string Document(LoadPlan plan) => CampaignDocument.Of(
        plan, CampaignDocument.Pool(Pool, Packets(plan), LoadPlan.ShardsFor(Packets(plan))));

    public override IReadOnlyList<Phase> Phases(LoadPlan plan)
    {
        var until = plan.Duration - plan.Margin;
        return
        [
            new Phase("before", TimeSpan.Zero, plan.Margin),
            new Phase("overload", plan.Margin, until),
            new Phase("recovering", until, until + Recovery),
            new Phase("after", until + Recovery, plan.Duration),
        ];
    }

    public override LoadSimulation[] Simulations(LoadPlan plan) =>
    [
        Simulation.Inject(Math.Max(1, plan.Capacity / 2), Second, plan.Margin),
        Simulation.Inject(plan.Rate, Second, plan.Duration - (2 * plan.Margin)),
        Simulation.Inject(Math.Max(1, plan.Capacity / 2), Second, plan.Margin),
    ];

    /// <summary>Being turned away is what the run is about; what must hold is below.</summary>
    public override IReadOnlyList<NamedThreshold> Thresholds(LoadPlan plan, LoadOptions options) => [];

    public override Func<IScenarioContext, Task<IResponse>> Iterate(LoadRun run)
    {
        var draws = new DrawFlow(run, [Pool], LoadPlan.ShardsFor(Packets(run.Plan)));
        return async context =>
        {
            var asker = new Asker(run, context);
            return await Step.Run(DrawFlow.Kind, context, () => draws.AskAsync(asker, draws.Begin()));
        };
    }

    public override IEnumerable<Requirement> Require(LoadRun run, IReadOnlyList<ResourceSample> samples)
    {
        var (plan, meter) = (run.Plan, run.Meter);
        var sums = Phases(plan).Select(phase => (Phase: phase, Sum: meter.Sum(phase.From, phase.Until))).ToList();
        var (before, overload, after) = (sums[0].Sum, sums[1], sums[3].Sum);
        var total = meter.Total();

        var seconds = (overload.Phase.Until - overload.Phase.From).TotalSeconds;
        var offered = overload.Sum.Sent / seconds;
        yield return new Requirement(
            $"at least {Offered:0%} of the {plan.Rate} per second are really sent during the overload",
            offered >= Offered * plan.Rate,
            $"{offered:0} per second, {offered / plan.Rate:0%}");

        var goodput = overload.Sum[Verdict.Done] / seconds;
        yield return new Requirement(
            $"goodput under overload is at least {Goodput:0%} of the capacity of {plan.Capacity} per second",
            goodput >= Goodput * plan.Capacity,
            $"{goodput:0} per second, {goodput / plan.Capacity:0%}");

        var strange = total[Verdict.Failed] - total.NotSent + total.Codes
            .Where(code => code.Key.EndsWith(Verdicts.WithoutRetryAfter, StringComparison.Ordinal))
            .Sum(code => code.Value);
        yield return new Requirement(
            "besides answers there is 503 and 429 with Retry-After, nothing else",
            strange == 0, $"{strange} of {total.All}");

        var turned = overload.Sum.Turned;
        yield return new Requirement(
            $"who is turned away learns it within {TurnedWithin:0} ms (99 of 100, from sending)",
            turned.Quantile(0.99) / 1000.0 <= TurnedWithin,
            $"half {turned.Quantile(0.5) / 1000.0:0.0} ms, 99 of 100 {turned.Quantile(0.99) / 1000.0:0.0} ms, "
            + $"worst {turned.Max / 1000.0:0.0} ms");

        yield return Memory.Bounded(
            "the host's memory is bounded under overload", samples, overload.Phase, meter);

        var normal = Math.Max(4 * before.Answered.Quantile(0.99), 100_000) / 1000.0;
        yield return new Requirement(
            $"from {Recovery.TotalSeconds:0} s after the overload on nobody is turned away and 99 of 100 take at most "
            + $"{normal:0} ms",
            after[Verdict.Busy] + after[Verdict.Failed] == 0 && after.Answered.Quantile(0.99) / 1000.0 <= normal,
            $"{after[Verdict.Busy]} turned away, {after[Verdict.Failed]} failed, 99 of 100 took "
            + $"{after.Answered.Quantile(0.99) / 1000.0:0.0} ms "
            + $"(before: {before.Answered.Quantile(0.99) / 1000.0:0.0} ms)");
    }

    /// <summary>Nobody can win more than the ledger takes.</summary>
    private static int Packets(LoadPlan plan) =>
        (int)(plan.Capacity * (plan.Duration + plan.WarmUp).TotalSeconds * 1.5) + plan.Capacity;
}
