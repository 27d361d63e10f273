using System.Globalization;
using Campaigns.System.Tests.Stores;
using Xunit.Abstractions;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>
/// Requests made from the OpenAPI document, good, odd and broken, against a live host: every answer is one that the
/// document names, and nothing is written but by what was accepted.
/// </summary>
[Trait("Proof", "fuzz")]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly int Cases = Scale.Of("fuzz", everyRun: 1_500, proven: 50_000);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Requests_OfEveryKind_AreAnsweredAsDocumented_AndOnlyAcceptedOnesWrite(string kind)
    {
        var api = ApiDocument.Load();
        await using var scene = await FuzzScene.StartAsync(kind);
        var run = new FuzzRun(scene, api, FuzzSeed.Value);
        if (FuzzSeed.Case is { } only)
        {
            await run.ReplayAsync(only);
        }
        else
        {
            await run.RunAsync(0, Cases);
        }

        run.Faults.ShouldBeEmpty(string.Join("\n\n", run.Faults));
        await scene.IsSoundAsync();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Cases} requests of seed {FuzzSeed.Value}, {run.Refused} of them refused; {run.Written} rows written."));
        foreach (var ((operation, status), times) in run.Seen.OrderBy(pair => pair.Key))
        {
            output.WriteLine($"{operation} {status}: {times}");
        }

        if (FuzzSeed.Case is null)
        {
            run.Refused.ShouldBeGreaterThan(Cases / 2);
            api.Operations.Select(operation => operation.Id).Except(Answered(run)).ShouldBeEmpty();
            Accepted(run, "draw", "checkIn", "reserveDiscount", "createCampaign");
        }
    }

    private static IEnumerable<string> Answered(FuzzRun run) => run.Seen.Keys.Select(seen => seen.Operation);

    private static void Accepted(FuzzRun run, params string[] operations)
    {
        foreach (var operation in operations)
        {
            run.Seen.Keys.ShouldContain(seen => seen.Operation == operation && seen.Status == 201);
        }
    }
}
