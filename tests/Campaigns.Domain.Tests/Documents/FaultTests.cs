namespace Campaigns.Domain.Tests.Documents;

/// <summary>
/// One edit of the valid sample per row: the member, its raw text (null: removed), and the paths of all faults.
/// </summary>
public sealed class FaultTests
{
    private const string A0 = "$.activities[0]";
    private const string A1 = "$.activities[1]";
    private const string A2 = "$.activities[2]";
    private const string A3 = "$.activities[3]";
    private const string A4 = "$.activities[4]";

    public static TheoryData<string, string?, string[]> TopLevel => new()
    {
        { "id", null, ["$.id"] },
        { "id", "\"NY2027\"", ["$.id"] },
        { "id", "\"-ny\"", ["$.id"] },
        { "id", "\"\"", ["$.id"] },
        { "id", "\"" + new string('a', 65) + "\"", ["$.id"] },
        { "id", "\"ny2027\\n\"", ["$.id"] },
        { "id", "2027", ["$.id"] },
        { "id", "null", ["$.id"] },
        { "id", "\"a\", \"id\": \"b\"", ["$.id"] },
        { "name", null, ["$.name"] },
        { "name", "\"New Year\"", ["$.name"] },
        { "name", "{}", ["$.name"] },
        { "name.en", "7", ["$.name.en"] },
        { "name.en", "\"  \"", ["$.name.en"] },
        { "name.en", "\"tab\\there\"", ["$.name.en"] },
        { "name.en", "\"" + new string('x', 201) + "\"", ["$.name.en"] },
        { "name.not a language", "\"x\"", ["$.name['not a language']"] },
        { "currency", null, ["$.currency"] },
        { "currency", "\"cny\"", ["$.currency"] },
        { "currency", "\"RENMINBI\"", ["$.currency"] },
        { "timeZone", null, ["$.timeZone"] },
        { "timeZone", "\"Asia/Atlantis\"", ["$.timeZone"] },
        { "timeZone", "\"UTC+08\"", ["$.timeZone"] },
        { "timeZone", "\"China Standard Time\"", ["$.timeZone"] },
        { "schedule", null, ["$.schedule"] },
        { "schedule", "[]", ["$.schedule"] },
        { "schedule.start", null, ["$.schedule.start"] },
        { "schedule.end", null, ["$.schedule.end"] },
        { "schedule.start", "\"2027-02-01\"", ["$.schedule.start"] },
        { "schedule.claimUntil", "\"9999-12-31T23:59:59-01:00\"", ["$.schedule.claimUntil"] },
        { "schedule.warmUp", "\"0001-01-01T00:00:00+14:00\"", ["$.schedule.warmUp"] },
        { "schedule.start", "\"2027-02-01T00:00:00\"", ["$.schedule.start"] },
        { "schedule.start", "\"2027-02-30T00:00:00+08:00\"", ["$.schedule.start"] },
        { "schedule.start", "1801411200", ["$.schedule.start"] },
        { "schedule.end", "\"2227-02-01T00:00:00Z\"", ["$.schedule.end"] },
        { "schedule.warmUp", "\"2027-02-02T00:00:00+08:00\"", ["$.schedule.warmUp"] },
        { "schedule.start", "\"2027-03-01T00:00:00+08:00\"", ["$.schedule.end"] },
        { "schedule.claimUntil", "\"2027-02-28T15:59:59Z\"", ["$.schedule.claimUntil"] },
        { "schedule.claimUntil", "\"2031-01-01T00:00:00Z\"", ["$.schedule"] },
        { "schedule.until", "\"2027-02-28T15:59:59Z\"", ["$.schedule.until"] },
        { "budget", "1000000", ["$.budget"] },
        { "budget.cash", "-1", ["$.budget.cash"] },
        { "budget.cash", "1000000.0", ["$.budget.cash"] },
        { "budget.cash", "1e6", ["$.budget.cash"] },
        { "budget.cash", "\"1000000\"", ["$.budget.cash"] },
        { "budget.cash", "99999999999999999999999999", ["$.budget.cash"] },
        { "budget.cash", "1000000000000001", ["$.budget.cash"] },
        { "budget.gold", "1", ["$.budget.gold"] },
        { "catalog", "7", ["$.catalog"] },
        { "catalog.coupons", "{}", ["$.catalog.coupons"] },
        { "catalog.items.phone.form", "\"liquid\"", ["$.catalog.items.phone.form"] },
        { "catalog.items.phone.stock", "0", ["$.catalog.items.phone.stock"] },
        { "catalog.items.Top Up", "{}", ["$.catalog.items['Top Up']"] },
        { "catalog.templates.meal-20.validFor", "\"P1M\"", ["$.catalog.templates['meal-20'].validFor"] },
        { "catalog.templates.meal-20.off", null, ["$.catalog.templates['meal-20'].off"] },
        { "catalog.templates.meal-20.merchants", "[]", ["$.catalog.templates['meal-20'].merchants"] },
        { "catalog.series.tiger.size", null, ["$.catalog.series.tiger.size"] },
        { "catalog.medals.pioneer.shine", "1", ["$.catalog.medals.pioneer.shine"] },
        { "activities", null, ["$.activities"] },
        { "activities", "[]", ["$.activities"] },
        { "activities", "{}", ["$.activities"] },
        { "activities[5]", "\"daily\"", ["$.activities[5]"] },
        { "activities[5]", "null", ["$.activities[5]"] },
        { "extra", "1", ["$.extra"] },
        { "Id", "\"x\"", ["$.Id"] },
        { "it's", "1", ["$['it\\'s']"] },
        { "", "1", ["$['']"] },
    };

    public static TheoryData<string, string?, string[]> Audiences => new()
    {
        { "audience", "{}", ["$.audience"] },
        { "audience[0]", "\"vip\"", ["$.audience[0]"] },
        { "audience[0]", "{}", ["$.audience[0].fact"] },
        { "audience[0]", """{"fact": "a b"}""", ["$.audience[0].fact"] },
        { "audience[0]", """{"tag": "标签"}""", ["$.audience[0].tag"] },
        { "audience[0]", """{"tag": "vip", "eq": true}""", ["$.audience[0].eq"] },
        { "audience[0]", """{"tag": "vip", "fact": "f"}""", ["$.audience[0].fact"] },
        { "audience[0]", """{"fact": "f", "eq": 1, "in": [2]}""", ["$.audience[0]"] },
        { "audience[0]", """{"fact": "f", "eq": 1, "gte": 2, "lte": 3}""", ["$.audience[0]"] },
        { "audience[0]", """{"fact": "f", "eq": 1.5}""", ["$.audience[0].eq"] },
        { "audience[0]", """{"fact": "f", "eq": null}""", ["$.audience[0].eq"] },
        { "audience[0]", """{"fact": "f", "eq": ["a"]}""", ["$.audience[0].eq"] },
        { "audience[0]", """{"fact": "f", "in": []}""", ["$.audience[0].in"] },
        { "audience[0]", """{"fact": "f", "in": "a"}""", ["$.audience[0].in"] },
        { "audience[0]", """{"fact": "f", "in": ["a", {}, 1e3]}""", ["$.audience[0].in[1]", "$.audience[0].in[2]"] },
        { "audience[0]", """{"fact": "f", "gte": "3"}""", ["$.audience[0].gte"] },
        { "audience[0]", """{"fact": "f", "gte": 3, "lte": 2}""", ["$.audience[0].lte"] },
        { "audience[0]", """{"fact": "f", "gte": 1, "lte": 2, "not": true}""", ["$.audience[0].not"] },
        { "audience[0]", """{"fact": "f", "not": "yes"}""", ["$.audience[0].not"] },
        { "audience[0]", """{"not": {"not": {"fact": "f"}}}""", ["$.audience[0].not.not"] },
        { "audience[0]", """{"not": {"fact": "f", "gte": 1, "lte": 2}}""", ["$.audience[0].not"] },
        { "audience[0]", """{"not": {"fact": "f"}, "fact": "f"}""", ["$.audience[0].fact"] },
        { "audience[0]", """{"fact": "f", "equals": 1}""", ["$.audience[0].equals"] },
        { "audience[0]", """{"fact": "f", "eq": 1, "eq": 1}""", ["$.audience[0].eq"] },
        { "earlyAccess.from", null, ["$.earlyAccess.from"] },
        { "earlyAccess.for", null, ["$.earlyAccess.for"] },
        { "earlyAccess.for", "[]", ["$.earlyAccess.for"] },
        { "earlyAccess.from", "\"2027-01-24T15:59:59Z\"", ["$.earlyAccess.from"] },
        { "earlyAccess.from", "\"2027-02-01T00:00:00+08:00\"", ["$.earlyAccess.from"] },
    };

    public static TheoryData<string, string?, string[]> CommonMembers => new()
    {
        { "activities[0].id", null, [A0 + ".id"] },
        { "activities[0].id", "\"Daily\"", [A0 + ".id"] },
        { "activities[1].id", "\"daily\"", [A1 + ".id", A0 + ".streaks[0].rewards[0].activity"] },
        { "activities[0].type", null, [A0 + ".type"] },
        { "activities[0].type", "7", [A0 + ".type"] },
        { "activities[0].name", "{\"en\": \"\"}", [A0 + ".name.en"] },
        { "activities[0].window", "{\"until\": \"2027-03-01T00:00:01+08:00\"}", [A0 + ".window.until"] },
        { "activities[0].window", "{\"from\": \"2027-01-29T00:00:00+08:00\"}", [A0 + ".window.from"] },
        { "activities[0].window", "{\"since\": \"2027-01-29T00:00:00+08:00\"}", [A0 + ".window.since"] },
        {
            "activities[0].window",
            """{"from": "2027-02-09T00:00:00+08:00", "until": "2027-02-09T00:00:00+08:00"}""",
            [A0 + ".window.until"]
        },
        { "activities[0].perUser", "3", [A0 + ".perUser"] },
        { "activities[0].perUser.total", "0", [A0 + ".perUser.total"] },
        { "activities[0].perUser.perYear", "1", [A0 + ".perUser.perYear"] },
        { "activities[0].perUser.perRound", "1", [A0 + ".perUser.perRound"] },
        { "activities[4].perUser", "{\"perRound\": 1}", [A4 + ".perUser.perRound"] },
        { "activities[0].caps.total", "-1", [A0 + ".caps.total"] },
        { "activities[0].caps.perDay", "1", [A0 + ".caps.perDay"] },
        { "activities[1].requires", "{\"fact\": \"f\"}", [A1 + ".requires"] },
        { "activities[1].requires[0].fact", "7", [A1 + ".requires[0].fact"] },
        { "activities[1].segments[0].id", "\"Young\"", [A1 + ".segments[0].id"] },
        { "activities[1].segments[0].when", "[]", [A1 + ".segments[0].when"] },
        { "activities[1].segments[1]", """{"id": "young", "when": [{"tag": "t"}]}""", [A1 + ".segments[1].id"] },
        { "activities[1].sponsor", "\"x\"", [A1 + ".sponsor"] },
    };

    public static TheoryData<string, string?, string[]> CheckIns => new()
    {
        { "activities[0].everyDay", "{}", [A0 + ".everyDay"] },
        { "activities[0].everyDay[0].kind", null, [A0 + ".everyDay[0].kind"] },
        { "activities[0].everyDay[0].kind", "\"gold\"", [A0 + ".everyDay[0].kind"] },
        { "activities[0].everyDay[0].amount", null, [A0 + ".everyDay[0].amount"] },
        { "activities[0].everyDay[0].amount", "0", [A0 + ".everyDay[0].amount"] },
        { "activities[0].everyDay[0].amount", "5.0", [A0 + ".everyDay[0].amount"] },
        { "activities[0].everyDay[0].activity", "\"scan\"", [A0 + ".everyDay[0].activity"] },
        { "activities[0].everyDay[1].amount", "5", [A0 + ".everyDay[1].amount"] },
        { "activities[0].everyDay[1].min", null, [A0 + ".everyDay[1].min"] },
        { "activities[0].everyDay[1].max", "0", [A0 + ".everyDay[1].max"] },
        { "activities[0].everyDay[1].min", "11", [A0 + ".everyDay[1].max"] },
        { "activities[0].streaks[0].rewards[0].activity", null, [A0 + ".streaks[0].rewards[0].activity"] },
        { "activities[0].streaks[0].rewards[0].activity", "\"ghost\"", [A0 + ".streaks[0].rewards[0].activity"] },
        { "activities[0].streaks[0].rewards", "[]", [A0 + ".streaks[0].rewards"] },
        { "activities[0].streaks[0].days", "0", [A0 + ".streaks[0].days"] },
        { "activities[0].streaks[1].days", "8", [A0 + ".streaks[1].days"] },
        { "activities[0].streaks[1].days", "3", [A0 + ".streaks[1].days"] },
        { "activities[0].streaks[1].repeat", "1", [A0 + ".streaks[1].repeat"] },
        { "activities[0].cycle", "367", [A0 + ".cycle"] },
        { "activities[0].cycle", "2", [A0 + ".streaks[0].days", A0 + ".streaks[1].days"] },
    };

    public static TheoryData<string, string?, string[]> RedPackets => new()
    {
        { "activities[1].total", null, [A1 + ".total"] },
        { "activities[1].count", null, [A1 + ".count"] },
        { "activities[1].split", null, [A1 + ".split"] },
        { "activities[1].split", "\"fair\"", [A1 + ".split"] },
        { "activities[1].min", null, [A1 + ".min"] },
        { "activities[1].max", null, [A1 + ".max"] },
        { "activities[1].min", "0", [A1 + ".min"] },
        { "activities[1].min", "251", [A1 + ".max"] },
        { "activities[1].min", "26", [A1 + ".total"] },
        { "activities[1].max", "24", [A1 + ".total"] },
        { "activities[1].count", "0", [A1 + ".count"] },
        { "activities[1].count", "64000001", [A1 + ".count"] },
        { "activities[1].count", "2000000000000", [A1 + ".count"] },
        { "activities[1].shards", "0", [A1 + ".shards"] },
        { "activities[1].shards", "65", [A1 + ".shards"] },
        { "activities[1].remainder", "\"burn\"", [A1 + ".remainder"] },
        { "activities[1].remainder", "\"next-round\"", [A1 + ".remainder"] },
        { "activities[1].caps", "{\"total\": 49999}", [A1 + ".caps.total"] },
        { "activities[1].split", "\"fixed\"", [A1 + ".min", A1 + ".max"] },
        { "activities[1].amounts", """[{"amount": 25, "count": 2000}]""", [A1 + ".split"] },
        { "activities[2].count", "1501", [A2 + ".count"] },
        { "activities[2].rounds", "[]", [A2 + ".rounds"] },
        { "activities[2].rounds[0].count", null, [A2 + ".rounds[0].count"] },
        { "activities[2].rounds[0].id", null, [A2 + ".rounds[0].id"] },
        { "activities[2].rounds[1].id", "\"r20\"", [A2 + ".rounds[1].id"] },
        { "activities[2].rounds[0].until", "\"2027-02-05T20:00:00+08:00\"", [A2 + ".rounds[0].until"] },
        { "activities[2].rounds[0].until", "\"2027-02-05T21:00:01+08:00\"", [A2 + ".rounds[1].from"] },
        { "activities[2].rounds[0].from", "\"2027-02-04T23:59:59+08:00\"", [A2 + ".rounds[0].from"] },
        { "activities[2].rounds[1].until", "\"2027-02-06T00:00:01+08:00\"", [A2 + ".rounds[1].until"] },
        { "activities[2].rounds[0].colour", "\"red\"", [A2 + ".rounds[0].colour"] },
        {
            "activities[2].rounds[0].amounts",
            """[{"amount": 5, "count": 500}]""",
            [A2 + ".split", A2 + ".rounds[1].amounts"]
        },
        { "activities[3].total", "202789", [A3 + ".total"] },
        { "activities[3].count", "12", [A3 + ".count"] },
        { "activities[3].min", "89", [A3 + ".min"] },
        { "activities[3].max", "201899", [A3 + ".max"] },
        { "activities[3].split", "\"uniform\"", [A3 + ".split"] },
        { "activities[3].amounts", "[]", [A3 + ".amounts"] },
        { "activities[3].amounts[0].count", null, [A3 + ".amounts[0].count"] },
        { "activities[3].amounts[0].amount", "0", [A3 + ".amounts[0].amount"] },
        { "activities[3].amounts[2].amount", "88", [A3 + ".amounts[2].amount", A3 + ".total"] },
        { "activities[3].amounts[0].count", "64000000", [A3] },
    };

    public static TheoryData<string, string?, string[]> SpendDiscounts => new()
    {
        { "activities[4].tiers", null, [A4 + ".tiers"] },
        { "activities[4].tiers", "[]", [A4 + ".tiers"] },
        { "activities[4].tiers[0].spend", null, [A4 + ".tiers[0].spend"] },
        { "activities[4].tiers[0].spend", "-5", [A4 + ".tiers[0].spend"] },
        { "activities[4].tiers[0].spend", "1999", [A4 + ".tiers[0].off"] },
        { "activities[4].tiers[0].spend", "50000", [A4 + ".tiers[1].spend"] },
        { "activities[4].tiers[0].off", null, [A4 + ".tiers[0]"] },
        { "activities[4].tiers[0].percent", "5", [A4 + ".tiers[0]"] },
        { "activities[4].tiers[1].percent", "0", [A4 + ".tiers[1].percent"] },
        { "activities[4].tiers[1].percent", "101", [A4 + ".tiers[1].percent"] },
        { "activities[4].tiers[0].maxOff", "1999", [A4 + ".tiers[0].maxOff"] },
        { "activities[4].tiers[0].repeat", "\"yes\"", [A4 + ".tiers[0].repeat"] },
        { "activities[4].tiers[0].upTo", "1", [A4 + ".tiers[0].upTo"] },
        { "activities[4].merchants", null, [A4 + ".merchants"] },
        { "activities[4].merchants", "[]", [A4 + ".merchants"] },
        { "activities[4].merchants", "\"*\"", [A4 + ".merchants"] },
        { "activities[4].merchants[0]", "7", [A4 + ".merchants[0]"] },
        { "activities[4].merchants[0]", "\"market 1\"", [A4 + ".merchants[0]"] },
        { "activities[4].merchants[1]", "\"market-1\"", [A4 + ".merchants[1]"] },
        { "activities[4].merchants[1]", "\"*\"", [A4 + ".merchants"] },
        { "activities[4].channel", "\"phone\"", [A4 + ".channel"] },
        { "activities[4].holdFor", "\"15 minutes\"", [A4 + ".holdFor"] },
        { "activities[4].holdFor", "\"PT\"", [A4 + ".holdFor"] },
        { "activities[4].holdFor", "\"PT0S\"", [A4 + ".holdFor"] },
        { "activities[4].holdFor", "\"P7DT1S\"", [A4 + ".holdFor"] },
        { "activities[4].holdFor", "\"-PT5M\"", [A4 + ".holdFor"] },
        { "activities[4].holdFor", "900", [A4 + ".holdFor"] },
        { "activities[4].stock", "0", [A4 + ".stock"] },
        { "activities[4].stockPerDay", "1.5", [A4 + ".stockPerDay"] },
        { "activities[4].perUserPerDay", "null", [A4 + ".perUserPerDay"] },
    };

    [Theory]
    [MemberData(nameof(TopLevel))]
    [MemberData(nameof(Audiences))]
    [MemberData(nameof(CommonMembers))]
    [MemberData(nameof(CheckIns))]
    [MemberData(nameof(RedPackets))]
    [MemberData(nameof(SpendDiscounts))]
    public void OneBadMember_IsNamedByItsPath(string member, string? raw, string[] paths)
    {
        var parsed = Sample.Parse(Sample.Edit((member, raw)));

        parsed.Faults.Select(fault => fault.Path).ShouldBe(paths, ignoreOrder: true);
        parsed.Campaign.ShouldBeNull();
        parsed.Malformed.ShouldBeFalse();
        parsed.Faults.ShouldAllBe(fault => fault.Message.Length > 0);
    }
}
