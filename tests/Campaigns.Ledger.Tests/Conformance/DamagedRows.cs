using Campaigns.Domain.Values;
using Campaigns.Ledger.Audit;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Conformance;

/// <summary>A row that cannot be read is a matter of its stream; what is read with it is not concerned.</summary>
public abstract partial class LedgerConformance
{
    [Theory]
    [InlineData("chain")]
    [InlineData("credit")]
    [InlineData("payload")]
    public async Task DamagedRow_FailsItsVerification_AndNoOtherStreamOfTheSameQuery(string column)
    {
        var pool = await WriteSampleAsync();
        var (before, behind) = (StreamId.Of("user/own/0"), StreamId.Of("user/own/1"));
        await Backend.DamageAsync(pool, 17, column);

        var loads = await Ledger.LoadAsync(
            [new(before, true), new(pool, true), new(StreamId.Of("user/20"), true), new(behind, true)], None);

        loads.Select(load => (load.Stream, load.Tail.Count)).ShouldBe(
            [(before, 25), (pool, 15), (StreamId.Of("user/20"), 0), (behind, 25)]);
        var tail = loads[1].Tail;
        tail.Select(row => row.Version).ShouldBe(Enumerable.Range(11, 15).Select(version => (long)version));
        StreamAuthor.Key.Next(tail[5].Chain, tail[6]).ShouldNotBe(tail[6].Chain);
        StreamAuthor.Key.Next(tail[7].Chain, tail[8]).ShouldBe(tail[8].Chain);
        loads[2].Credits.ShouldHaveSingleItem().Stream.ShouldBe(pool);
    }

    [Theory]
    [InlineData("chain")]
    [InlineData("credit")]
    [InlineData("payload")]
    public async Task DamagedRow_IsNamedByTheAudit(string column)
    {
        var pool = await WriteSampleAsync();
        await Backend.DamageAsync(pool, 17, column);

        (await AuditAsync(null, new CountingObserver())).ShouldContain(finding =>
            (finding.Fault == AuditFault.Changed || finding.Fault == AuditFault.Unreadable)
            && finding.Stream == pool && finding.Version == 17);
    }

    [Theory]
    [InlineData("chain")]
    [InlineData("credit")]
    public async Task DamagedHead_IsReadByEveryQuery_AndIsNobodysCommit(string column)
    {
        var pool = await WriteSampleAsync();
        var written = (await RowAsync(pool, 25)).Chain;
        await Backend.DamageAsync(pool, 25, column);

        var probe = await Ledger.ProbeAsync([pool], [(pool, 25), (pool, 24)], None);

        probe.Heads[0].Version.ShouldBe(25);
        (probe.Chains[0] == written).ShouldBe(column == "credit");
        probe.Chains[1].ShouldBe((await RowAsync(pool, 24)).Chain);
        (await Ledger.EntriesAsync([(pool, 25)], None))[0]!.Version.ShouldBe(25);
        (await Ledger.CreditsAsync(StreamId.Of("user/24"), new Dictionary<StreamId, long>(), None))
            .ShouldAllBe(credit => credit.Stream == pool);
        (await Ledger.TransfersAsync(pool, null, 10, None)).Entries[0].Version.ShouldBe(25);
    }

    [Fact]
    public async Task SnapshotWithADamagedCursor_IsPassedOver()
    {
        var pool = await WriteSampleAsync();
        await Backend.DamageCursorAsync(pool);

        var load = (await Ledger.LoadAsync([new(pool, true)], None)).ShouldHaveSingleItem();

        load.Snapshot.ShouldBeNull();
        load.Tail.Count.ShouldBe(25);
        (await AuditAsync()).ShouldBeEmpty();
    }
}
