using System.Text.RegularExpressions;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.RedPackets;
using static Campaigns.Domain.Tests.RedPackets.Activities;

namespace Campaigns.Domain.Tests.RedPackets;

/// <summary>The page for outsiders says what the code does: its own program computed the examples.</summary>
public sealed partial class FairnessDocumentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "fairness.md"));

    [Fact]
    public void Examples_AreWhatTheCodeComputes()
    {
        var seed = Seed.Parse(SeedLine().Match(Page).Groups[1].Value);
        var examples = Example().Matches(Page);

        examples.Count.ShouldBe(5);
        foreach (Match example in examples)
        {
            var terms = TermsOf(example);
            terms.Commit(seed).ToString().ShouldBe(example.Groups["commitment"].Value);
            example.Groups["packets"].Captures.Count.ShouldBe(terms.Shards);
            for (var shard = 0; shard < terms.Shards; shard++)
            {
                string.Join(' ', PacketListTests.Amounts(PacketList.Deal(terms, seed, shard)))
                    .ShouldBe(example.Groups["packets"].Captures[shard].Value);
            }
        }
    }

    [Fact]
    public void CanonicalTerms_AreTheTwelveLinesOfThePage()
    {
        var activity = Computed(20_000_000, 150_000, 1, 1300, rounds: 3, shards: 4) with { Id = "eve-rain" };
        var round = activity.Rounds[0] with { Id = "r20" };
        activity = activity with { Rounds = activity.Rounds.SetItem(0, round) };

        var text = System.Text.Encoding.ASCII.GetString(RoundTerms.Of(CampaignId, activity, 0).CanonicalBytes());

        text.Split('\n').Length.ShouldBe(13);
        Page.ReplaceLineEndings("\n").ShouldContain("    " + text.TrimEnd('\n').Replace("\n", "\n    ") + "\n");
    }

    private static RoundTerms TermsOf(Match example)
    {
        long Number(string name) => long.Parse(example.Groups[name].Value);
        var (total, count, shards) = (Number("total"), (int)Number("count"), (int)Number("shards"));
        var split = example.Groups["split"].Value;
        var activity = split == "denominations"
            ? Listed([.. example.Groups["amounts"].Value.Split(',').Select(Denomination)], shards)
            : Computed(
                total, count, Number("min"), Number("max"), split == "uniform" ? Split.Uniform : Split.DoubleMean,
                shards: shards);
        return RoundTerms.Of(CampaignId, activity, 0);
    }

    private static Denomination Denomination(string text)
    {
        var parts = text.Split('x');
        return new Denomination(long.Parse(parts[0]), int.Parse(parts[1]));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("^    seed ([0-9a-f]{64})$", RegexOptions.Multiline)]
    private static partial Regex SeedLine();

    private const string Numbers =
        @"^    total=(?<total>\d+) count=(?<count>\d+) min=(?<min>\d+) max=(?<max>\d+) split=(?<split>[a-z-]+) ";

    private const string Results =
        @"amounts=(?<amounts>\S*) shards=(?<shards>\d+)\s+commitment (?<commitment>[0-9a-f]{64})\n"
        + @"(?:    shard \d+: (?<packets>[0-9 ]+)\n)+";

    [GeneratedRegex(Numbers + Results, RegexOptions.Multiline)]
    private static partial Regex Example();
}
