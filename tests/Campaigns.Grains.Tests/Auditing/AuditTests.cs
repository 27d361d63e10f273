using Campaigns.Contracts;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Ledger.Audit;

namespace Campaigns.Grains.Tests.Auditing;

public sealed class AuditTests
{
    [Fact]
    public async Task AlteredAmount_IsNamedByStreamAndVersion()
    {
        await using var silo = await PlayedAsync();
        await silo.ShouldBeCleanAsync();
        var drawn = (await silo.EntriesAsync()).First(entry => entry.Kind == EntryKind.PacketDrawn);

        silo.Ledger.Journal.Tamper(
            drawn.Stream, drawn.Version, entry => entry with { Amount = entry.Amount + 1 });
        var (findings, _) = await silo.Ledger.Journal.AuditAsync();

        findings.ShouldContain(finding =>
            finding.Fault == AuditFault.Changed && finding.Stream == drawn.Stream && finding.Version == drawn.Version);
    }

    [Fact]
    public async Task DeletedDraw_IsMissed()
    {
        await using var silo = await PlayedAsync();
        var drawn = (await silo.EntriesAsync()).Last(entry => entry.Kind == EntryKind.PacketDrawn);

        silo.Ledger.Journal.Tamper(drawn.Stream, drawn.Version, _ => null);
        var (findings, _) = await silo.Ledger.Journal.AuditAsync();

        findings.ShouldContain(finding =>
            finding.Fault == AuditFault.Missing && finding.Stream == drawn.Stream && finding.Version == drawn.Version);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryRowThatIsCutShort_IsNamed(bool unreadable)
    {
        await using var silo = await PlayedAsync(new GrainOptions { SnapshotEvery = 1 });
        await silo.ShouldBeCleanAsync();

        foreach (var row in (await silo.EntriesAsync()).Where(row => row.Payload.Length > 0))
        {
            silo.Ledger.Journal.Tamper(row.Stream, row.Version, entry => unreadable
                ? Entry.Unreadable(entry.Stream, entry.Version, entry.At)
                : entry with { Payload = entry.Payload[..^1] });
            var (findings, _) = await silo.Ledger.Journal.AuditAsync();
            findings.ShouldContain(
                finding => finding.Fault == (unreadable ? AuditFault.Unreadable : AuditFault.Changed)
                    && finding.Stream == row.Stream && finding.Version == row.Version,
                $"{row.Kind}");
            silo.Ledger.Journal.Tamper(row.Stream, row.Version, _ => row);
        }

        await silo.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task AuditOfTheJournal_AndOfTheGrains_ShowTheSameAccounts()
    {
        await using var silo = await PlayedAsync();

        var fromJournal = await silo.ShouldBeCleanAsync();
        var fromGrains = await silo.Grains.Campaign("night").Audit();

        fromGrains.Balanced.ShouldBeTrue();
        fromGrains.Accounts.OrderBy(account => account.Account + " " + account.Unit, StringComparer.Ordinal)
            .ShouldBe(fromJournal);
    }

    [Fact]
    public async Task EveryStreamButUsers_BeginsWithItsOwnName()
    {
        await using var silo = await PlayedAsync();

        var firsts = (await silo.EntriesAsync()).Where(entry => entry.Version == 1).ToList();

        var users = Enumerable.Range(0, 8).Select(user => StreamId.Of(StreamNames.User($"u{user}"))).ToList();
        firsts.Count(entry => users.Contains(entry.Stream)).ShouldBeGreaterThan(0);
        var named = firsts.Where(entry =>
            !users.Contains(entry.Stream) && entry.Stream != StreamId.Of(StreamNames.Directory)).ToList();
        named.Select(entry => entry.Kind).Distinct().ShouldBe(
            [
                EntryKind.CommitterStarted, EntryKind.CampaignDrafted, EntryKind.PacketPoolOpened,
                EntryKind.StockOpened, EntryKind.OrderReserved, EntryKind.OrderTombstoned,
            ],
            ignoreOrder: true);
        foreach (var entry in named)
        {
            var name = new PayloadReader(entry.Payload.Span).Text();
            StreamId.Of(name).ShouldBe(entry.Stream, name);
        }
    }

    [Fact]
    public void EveryRefusal_HasAnOutcome()
    {
        foreach (var refusal in Enum.GetValues<Refusal>().Where(refusal => refusal != Refusal.None))
        {
            var outcome = Outcomes.Of(refusal);

            outcome.ShouldNotBe(Outcome.None);
            outcome.ToString().ShouldBe(refusal == Refusal.WrongPhase ? "WrongState" : refusal.ToString());
        }
    }

    [Fact]
    public void EntryKinds_AreAllTheirOwnNumbers_WithinTheirOwnersHundred()
    {
        var kinds = Enum.GetValues<EntryKind>();

        kinds.Distinct().Count().ShouldBe(Enum.GetNames<EntryKind>().Length);
        foreach (var kind in kinds.Where(kind =>
            kind != EntryKind.CampaignAnnounced && kind.ToString().StartsWith("Campaign", StringComparison.Ordinal)))
        {
            ((short)kind).ShouldBeInRange((short)100, (short)199);
        }
    }

    private static async Task<TestSilo> PlayedAsync(GrainOptions? grains = null)
    {
        var silo = await TestSilo.StartAsync(grains: grains);
        await silo.OpenAsync(Pools.Plain(silo, count: 6, total: 600).Budget("discounts", 1_000_000)
            .Add("""{"id": "daily", "type": "check-in", "everyDay": [{"kind": "points", "amount": 5}]}""")
            .Add("""
                {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}],
                 "perUserPerDay": 2, "stock": 10, "merchants": ["*"], "holdFor": "PT15M"}
                """));
        for (var user = 0; user < 8; user++)
        {
            await silo.DrawAsync($"u{user}");
            await silo.CheckInAsync($"u{user}");
        }

        await silo.ReserveAsync("u1", "a");
        await silo.ReserveAsync("u2", "b");
        await silo.Grains.Order("shop", "b").Confirm(new ConfirmCommand("p1", 8_000, 1));
        await silo.Grains.Order("shop", "c").Cancel();
        return silo;
    }
}
