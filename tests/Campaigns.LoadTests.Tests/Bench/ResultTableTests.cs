using Campaigns.Bench.Generator;
using Campaigns.Bench.Reports;
using Campaigns.Bench.Rounds;
using Campaigns.Bench.Systems;

namespace Campaigns.LoadTests.Tests.Bench;

/// <summary>The ratio to Orleans' own persistence is shown where that ran, and no empty column elsewhere.</summary>
public sealed class ResultTableTests
{
    [Fact]
    public void OrleansState_HasAColumnAndALabelWhereItRan()
    {
        Contestant[] all =
        [
            Ran(Field.RedisAlways, 400), Ran(Field.OrleansState, 50), Ran(Field.CampaignsPostgres, 600),
        ];
        var lines = ResultTable.Of(all).Split(Environment.NewLine);
        Cells(lines[0])[3..7].ShouldBe(["x redis-always", "x no-op", "x counter", "x orleans-state"]);
        Cells(lines[4])[..7].ShouldBe(["campaigns-postgres", "600", "600 - 600", "1.50", "", "", "12.00"]);
        lines[..5].Select(line => Cells(line).Length).Distinct().Count().ShouldBe(1);
        Chart.Of("Draws", all).ShouldContain("600/s (1.50 x Redis AOF always, 12.00 x Orleans state)");
    }

    [Fact]
    public void Embedded_HasNoColumnOfOrleansState()
    {
        Contestant[] all = [Ran(Field.RedisAlways, 400), Ran(Field.CampaignsPostgres, 600)];
        ResultTable.Of(all).ShouldNotContain("orleans");
        Chart.Of("Draws", all).ShouldContain("600/s (1.50 x Redis AOF always)");
    }

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];

    /// <summary>A second in which so many were answered.</summary>
    private static Contestant Ran(string key, long good)
    {
        var result = new BurstResult(
            good, good, 1, good, 0, new Dictionary<int, long> { [201] = good }, 10, 1, 2, 3, 4, null);
        var contestant = new Contestant(key, new Nothing(key), "");
        contestant.Rounds.Add(new Round(result, new Dictionary<string, double> { ["generator"] = 10 }, 0));
        return contestant;
    }

    private sealed class Nothing(string name) : BenchSystem
    {
        public override string Name => name;

        public override int Port => 0;

        public override IReadOnlyList<(string Name, int Id)> Processes => [];

        public override Task PrepareAsync(string campaign, int users) => Task.CompletedTask;

        public override Task<StoredCount?> CountAsync(string campaign) => Task.FromResult<StoredCount?>(null);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
