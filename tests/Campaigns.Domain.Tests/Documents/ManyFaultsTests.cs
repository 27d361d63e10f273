using System.Text;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.Tests.Documents;

public sealed class ManyFaultsTests
{
    [Fact]
    public void FaultsAllOverTheDocument_AreToldAtOnce()
    {
        var parsed = Sample.Parse(Sample.Edit(
            ("id", "7"),
            ("currency", "\"yuan\""),
            ("schedule.end", "\"soon\""),
            ("budget.cash", "1.5"),
            ("activities[0].streaks[0].days", "0"),
            ("activities[1].total", "\"much\""),
            ("activities[2].rounds[1].from", null),
            ("activities[3].amounts[1].count", "-9"),
            ("activities[4].tiers[1].percent", "500"),
            ("activities[5]", """{"id": "wheel", "type": "gift"}"""),
            ("zzz", "1")));

        parsed.Faults.Select(fault => fault.Path).ShouldBe([
            "$.id", "$.currency", "$.schedule.end", "$.budget.cash", "$.activities[0].streaks[0].days",
            "$.activities[1].total", "$.activities[2].rounds[1].from", "$.activities[3].amounts[1].count",
            "$.activities[4].tiers[1].percent", "$.activities[5].type", "$.zzz"]);
    }

    [Fact]
    public void FaultsOfOneMember_DoNotHideWhatOthersMakeTogether()
    {
        var parsed = Sample.Parse(Sample.Edit(
            ("id", "7"),
            ("budget.cash", "10"),
            ("activities[0].sponsor", "1"),
            ("activities[1].sponsor", "1"),
            ("activities[1].max", "24"),
            ("activities[2].sponsor", "1"),
            ("activities[2].count", "1501"),
            ("activities[3].sponsor", "1"),
            ("activities[3].total", "1"),
            ("activities[4].tiers[0].spend", "50000"),
            ("activities[5]", """
                {"id": "more", "type": "red-packet", "total": 11, "count": 1, "min": 1, "max": 11, "split": "uniform"}
                """)));

        parsed.Faults.Select(fault => fault.Path).ShouldBe([
            "$.id", "$.activities[0].sponsor", "$.activities[1].total", "$.activities[1].sponsor",
            "$.activities[2].count", "$.activities[2].sponsor", "$.activities[3].total", "$.activities[3].sponsor",
            "$.activities[4].tiers[1].spend", "$.budget.cash"]);
        parsed.Liability["cash"].ShouldBe(11);
    }

    [Fact]
    public void TotalThatNoRoundingCanFit_IsToldForItsRound()
    {
        // 8 in three packets of at most 3 is possible; floors of a third each leave 4 to the last round.
        var parsed = Sample.Parse(Sample.Edit(("activities[2]", """
            {"id": "rain", "type": "red-packet", "total": 8, "count": 3, "min": 1, "max": 3, "split": "uniform",
             "rounds": [
               {"id": "a", "from": "2027-02-05T20:00:00Z", "until": "2027-02-05T20:01:00Z", "count": 1},
               {"id": "b", "from": "2027-02-05T20:01:00Z", "until": "2027-02-05T20:02:00Z", "count": 1},
               {"id": "c", "from": "2027-02-05T20:02:00Z", "until": "2027-02-05T20:03:00Z", "count": 1}]}
            """)));

        var fault = parsed.Faults.ShouldHaveSingleItem();
        fault.Path.ShouldBe("$.activities[2].rounds[2]");
        fault.Message.ShouldContain("4");
    }

    [Fact]
    public void FixedSplitThatDoesNotDivide_IsToldAtTheTotal()
    {
        var parsed = Sample.Parse(Sample.Edit(("activities[1]", """
            {"id": "scan", "type": "red-packet", "total": 100, "count": 3, "split": "fixed"}
            """)));

        parsed.Faults.ShouldHaveSingleItem().Path.ShouldBe("$.activities[1].total");
    }

    [Fact]
    public void AmountsOfActivityAndRounds_AreNotMixed()
    {
        var parsed = Sample.Parse(Sample.Edit(("activities[3].rounds", """
            [{"id": "a", "from": "2027-02-05T20:00:00Z", "until": "2027-02-05T20:01:00Z", "count": 11}]
            """)));

        parsed.Faults.Select(fault => fault.Path).ShouldBe(
            ["$.activities[3].amounts", "$.activities[3].rounds[0].amounts"], ignoreOrder: true);
    }

    [Fact]
    public void RoundWhoseAmountsDoNotMakeItsCount_IsTold()
    {
        var parsed = Sample.Parse(Sample.Edit(("activities[3]", """
            {"id": "bag", "type": "red-packet", "rounds": [
              {"id": "a", "from": "2027-02-05T20:00:00Z", "until": "2027-02-05T20:01:00Z", "count": 4,
               "amounts": [{"amount": 88, "count": 2}, {"amount": 5, "count": 1}]}]}
            """)));

        parsed.Faults.ShouldHaveSingleItem().Path.ShouldBe("$.activities[3].rounds[0].count");
    }

    [Theory]
    [InlineData("2", "2000000", "$.activities[1].shards", false)]
    [InlineData("2", "2000001", "$.activities[1].shards", true)]
    [InlineData("64", "64000000", "$.activities[1].shards", false)]
    public void ShardOfMoreThanAMillionPackets_IsRefused(string shards, string count, string path, bool refused)
    {
        var parsed = Sample.Parse(Sample.Edit(
            ("budget.cash", null),
            ("activities[0].caps.total", "1"),
            ("activities[1].total", "200000000"),
            ("activities[1].count", count),
            ("activities[1].shards", shards)));

        parsed.Faults.Select(fault => fault.Path).ShouldBe(refused ? [path] : []);
    }

    [Fact]
    public void MillionsOfFaults_AreCountedAndCut()
    {
        var members = string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"\"m{i}\":{i}"));

        var parsed = Sample.Parse("{" + members + "}");

        parsed.Faults.Count.ShouldBe(DocumentLimits.Faults + 1);
        parsed.Faults[^1].Path.ShouldBe("$");
        parsed.Faults[^1].Message.ShouldContain("19006 more");
    }

    [Fact]
    public void ListsOverTheirBound_AreRefusedAsAWhole()
    {
        var many = string.Join(",", Enumerable.Repeat("{}", DocumentLimits.Activities + 1));

        var parsed = Sample.Parse(Sample.Edit(("activities", $"[{many}]")));

        parsed.Faults.ShouldHaveSingleItem().Path.ShouldBe("$.activities");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("{\"id\": \"a\",}")]
    [InlineData("{\"id\": 'a'}")]
    [InlineData("{} {}")]
    [InlineData("// {}")]
    [InlineData("{\"id\": 01}")]
    [InlineData("{\"id\": NaN}")]
    [InlineData("{\"id\": Infinity}")]
    [InlineData("{\"id\": \"\\ud800\"}")]
    [InlineData("{\"\\udc00\": 1}")]
    [InlineData("\uFEFF{}")]
    public void TextThatIsNotJson_IsOneMalformedFault(string text)
    {
        var parsed = Sample.Parse(text);

        parsed.Malformed.ShouldBeTrue();
        parsed.Faults.ShouldHaveSingleItem().Path.ShouldBe("$");
    }

    [Fact]
    public void BytesThatAreNotUtf8_AreMalformed()
    {
        byte[] bytes = [.. "{\"id\": \""u8, 0xC3, 0x28, .. "\"}"u8];

        CampaignDocument.Parse(bytes).Malformed.ShouldBeTrue();
    }

    [Fact]
    public void NestingWithoutEnd_IsMalformed() =>
        Sample.Parse(new string('[', 100_000)).Malformed.ShouldBeTrue();

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"campaign\"")]
    [InlineData("7")]
    public void JsonThatIsNoObject_IsRefusedButNotMalformed(string text)
    {
        var parsed = Sample.Parse(text);

        parsed.Faults.ShouldHaveSingleItem().Path.ShouldBe("$");
        parsed.Malformed.ShouldBeFalse();
    }

    [Fact]
    public void DocumentOverOneMebibyte_IsRefusedUnread()
    {
        var text = Sample.Text + new string(' ', DocumentLimits.Bytes);

        CampaignDocument.Parse(Encoding.UTF8.GetBytes(text)).Faults.ShouldHaveSingleItem().Path.ShouldBe("$");
    }

    [Fact]
    public void EmptyObject_MissesEveryRequiredMember() =>
        Sample.Parse("{}").Faults.Select(fault => fault.Path).ShouldBe(
            ["$.id", "$.name", "$.currency", "$.timeZone", "$.schedule", "$.activities"]);

    [Fact]
    public void LongNames_AreCutInPathsAndMessages()
    {
        var parsed = Sample.Parse(Sample.Edit(("id", "\"" + new string('Z', 5000) + "\"")));

        parsed.Faults.ShouldHaveSingleItem().Message.Length.ShouldBeLessThan(200);
    }
}
