using Campaigns.Domain.Documents;
using Campaigns.Domain.Lotteries;
using Campaigns.Domain.Takes;
using Campaigns.Domain.Tests.Documents;
using Campaigns.Domain.Tests.Fairness;

namespace Campaigns.Domain.Tests.Takes;

/// <summary>What a lottery draws.</summary>
public sealed class LotteryTests
{
    private const int Draws = 20_000;

    private static readonly LotteryActivity Wheel = (LotteryActivity)Sample.Campaign(("activities[5]", """
        {"id": "x", "type": "lottery", "fallback": "thanks",
         "segments": [{"id": "bound", "when": [{"fact": "card-bound"}]}],
         "prizes": [{"id": "big", "weight": 1, "weightBySegment": {"bound": 3}, "stock": 5,
                     "rewards": [{"kind": "cash", "amount": 2000}]},
                    {"id": "small", "weight": 49, "stock": 50,
                     "rewards": [{"kind": "cash", "min": 1, "max": 88}, {"kind": "points", "min": 1, "max": 3}]},
                    {"id": "never", "weight": 0, "rewards": []},
                    {"id": "thanks", "weight": 50, "rewards": [{"kind": "points", "amount": 1}]}]}
        """)).FindActivity("x")!;

    [Theory]
    [InlineData(null, 1)]
    [InlineData("bound", 3)]
    public void Prizes_ComeByTheirWeights_ThoseOfTheSegment(string? segment, int big)
    {
        var counts = Enumerable.Range(0, Draws)
            .GroupBy(user => Draw($"u{user}", segment).Id)
            .ToDictionary(group => group.Key, group => (long)group.Count());

        counts.ShouldNotContainKey("never");
        double sum = big + 99;
        ChiSquare.ShouldFit(
            [counts["big"], counts["small"], counts["thanks"]],
            [Draws * big / sum, Draws * 49 / sum, Draws * 50 / sum]);
    }

    [Fact]
    public void SameUserAndOrdinal_DrawTheSame_OthersSomethingElse()
    {
        Draw("ann", null).ShouldBe(Draw("ann", null), new ByContent());
        Enumerable.Range(1, 50).Select(ordinal => Draw("ann", null, ordinal).Id).Distinct().Count()
            .ShouldBeGreaterThan(1);
    }

    [Fact]
    public void PrizeThatIsUsedUp_BecomesTheFallback_AndTheFallbackNothing()
    {
        var small = Enumerable.Range(0, 100).Select(user => (User: $"u{user}", Choice: Draw($"u{user}", null)))
            .First(one => one.Choice.Id == "small");

        small.Choice.Stock.ShouldBe(1);
        var other = Wheel.Instead(Numbers(small.User, null), small.Choice).ShouldNotBeNull();
        (other.Id, other.Stock).ShouldBe(("thanks", null));
        other.Rewards.ShouldBe([new GrantedReward(RewardKind.Points, 1)]);
        Wheel.Instead(Numbers(small.User, null), other).ShouldBeNull();
    }

    [Fact]
    public void Amounts_AreWithinTheirBounds()
    {
        foreach (var choice in Enumerable.Range(0, 1_000).Select(user => Draw($"u{user}", null)))
        {
            if (choice.Id == "small")
            {
                choice.Rewards.Length.ShouldBe(2);
                choice.Rewards[0].Amount.ShouldBeInRange(1, 88);
                choice.Rewards[1].Amount.ShouldBeInRange(1, 3);
            }
        }
    }

    /// <summary>Whoever publishes the odds is bound to them: they are in what the commitment covers.</summary>
    [Fact]
    public void Canonical_HoldsEveryWeight()
    {
        var campaign = Sample.Campaign();
        System.Text.Encoding.UTF8.GetString(Wheel.Seeds(campaign)[0].Canonical()).ShouldBe(
            "campaigns/lottery/1\nny2027\nx\nbig 1 bound=3\nsmall 49\nnever 0\nthanks 50\n");
    }

    [Theory]
    [InlineData("恭喜发财2027", "恭喜发财2027", true)]
    [InlineData("恭喜发财2027", " 恭喜发财２０２７ ", true)]
    [InlineData("恭喜发财2027", "恭喜发财2026", false)]
    [InlineData("Open", "open", false)]
    [InlineData("open", "", false)]
    [InlineData("open", "\ud800", false)]
    public void Password_IsComparedHoweverAKeyboardComposesIt(string word, string said, bool matches)
    {
        var hash = new PasswordHash("pw", word);
        hash.Matches(said).ShouldBe(matches);
        hash.ToString().ShouldNotContain(word);
    }

    private static TakeChoice Draw(string user, string? segment, int ordinal = 1) =>
        Wheel.Choose(Numbers(user, segment, ordinal));

    private static TakeDraw Numbers(string user, string? segment, int ordinal = 1) =>
        new(segment, 1, Wheel.Numbers(Enumerable.Repeat((byte)7, 32).ToArray(), user, ordinal));

    private sealed class ByContent : IEqualityComparer<TakeChoice>
    {
        public bool Equals(TakeChoice? one, TakeChoice? other) =>
            one!.Id == other!.Id && one.Stock == other.Stock && one.Rewards.SequenceEqual(other.Rewards);

        public int GetHashCode(TakeChoice choice) => choice.Id.Length;
    }
}
