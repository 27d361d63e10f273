using Campaigns.LoadTests.Flows;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>
/// A hot campaign that is asked five times as much as the ledger can take, and a quiet one beside it: the hot one's
/// crowd is turned away, the quiet one's notices nothing.
/// </summary>
internal sealed class Neighbours : LoadScenario
{
    private const string Pool = "pool";
    private const string Hot = "hot draw";
    private const string Quiet = "quiet draw";
    private const int QuietRate = 20;
    private const int Times = 5;
    private const double Answered = 0.99;
    private const double Turned = 0.5;
    private const int Within = 1_000;

    public override string Name => "neighbours";

    public override string Summary =>
        $"a campaign that is asked {Times} times what the ledger can take, and one with {QuietRate} draws per second";

    public override TimeSpan Duration => TimeSpan.FromSeconds(30);

    public override IReadOnlyDictionary<string, string> HostSettings(LoadOptions options) =>
        new Dictionary<string, string> { ["Campaigns__Testing__EntriesPerSecond"] = $"{options.Capacity}" };

    public override LoadPlan Plan(LoadOptions options) =>
        base.Plan(options) with { Rate = options.Rate ?? Times * options.Capacity };

    public override string Document(LoadPlan plan) => CampaignDocument.Of(plan, Draws(plan.MostIterations));

    public override IReadOnlyDictionary<string, string> Documents(LoadPlan plan) => new Dictionary<string, string>
    {
        [plan.Campaign] = Document(plan),
        [QuietOf(plan)] = CampaignDocument.Of(plan, QuietOf(plan), [Draws(QuietPackets(plan))]),
    };

    /// <summary>Being turned away is what the run is about; what must hold is below.</summary>
    public override IReadOnlyList<NamedThreshold> Thresholds(LoadPlan plan, LoadOptions options) => [];

    public override Func<IScenarioContext, Task<IResponse>> Iterate(LoadRun run)
    {
        var plan = run.Plan;
        var hot = new DrawFlow(run, plan.Campaign, [Pool], LoadPlan.ShardsFor(plan.MostIterations), Hot, "h");
        var quiet = new DrawFlow(run, QuietOf(plan), [Pool], LoadPlan.ShardsFor(QuietPackets(plan)), Quiet, "q");
        var (every, number) = (Every(plan), 0);
        return async context =>
        {
            var asker = new Asker(run, context);
            return Interlocked.Increment(ref number) % every == 0
                ? await Step.Run(Quiet, context, () => quiet.AskAsync(asker, quiet.Begin()))
                : await Step.Run(Hot, context, () => hot.AskAsync(asker, hot.Begin()));
        };
    }

    public override IEnumerable<Requirement> Require(LoadRun run, IReadOnlyList<ResourceSample> samples)
    {
        var hot = Of(run, Hot);
        yield return new Requirement(
            $"at least {Turned:0%} of the hot campaign's draws are turned away with 503",
            hot.All > 0 && hot.Codes.GetValueOrDefault(Verdicts.Overloaded) >= Turned * hot.All,
            $"{hot.Codes.GetValueOrDefault(Verdicts.Overloaded)} of {hot.All}, {hot[Verdict.Done]} done");

        var quiet = Of(run, Quiet);
        yield return new Requirement(
            $"at least {Answered:0%} of the quiet campaign's draws are done",
            quiet.All > 0 && quiet[Verdict.Done] >= Answered * quiet.All,
            $"{quiet[Verdict.Done]} of {quiet.All}: "
            + string.Join(", ", quiet.Codes.Select(code => $"{code.Value} x {code.Key}")));

        var p99 = quiet.Answered.Quantile(0.99) / 1000.0;
        yield return new Requirement(
            $"99 of 100 of them take less than {Within} ms",
            quiet[Verdict.Done] > 0 && p99 < Within, $"{p99:0.0} ms");
    }

    private static Tally Of(LoadRun run, string kind) =>
        run.Meter.Kinds.FirstOrDefault(tally => tally.Kind == kind) ?? new Tally(kind);

    private static object Draws(int packets) => CampaignDocument.Pool(Pool, packets, LoadPlan.ShardsFor(packets));

    private static string QuietOf(LoadPlan plan) => plan.Campaign + "-quiet";

    /// <summary>Of so many iterations one is a quiet draw.</summary>
    private static int Every(LoadPlan plan) => Math.Max(2, plan.Rate / QuietRate);

    private static int QuietPackets(LoadPlan plan) => (plan.MostIterations / Every(plan)) + 1;
}
