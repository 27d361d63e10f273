using Campaigns.Domain.Values;
using Campaigns.Ledger.Audit;
using Campaigns.Ledger.GroupCommit;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task AuditOfASoundJournal_FindsNothing()
    {
        await WriteSampleAsync();

        (await AuditAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task AlteredAmount_IsNamedByStreamAndVersion()
    {
        var pool = await WriteSampleAsync();
        await Backend.AlterAmountAsync(pool, 7);

        var finding = (await AuditAsync()).ShouldHaveSingleItem();

        (finding.Fault, finding.Stream, finding.Version).ShouldBe((AuditFault.Changed, pool, 7L));
    }

    [Fact]
    public async Task RowRemovedFromTheMiddle_IsNamed()
    {
        var pool = await WriteSampleAsync();
        await RemoveAsync(pool, 10);

        (await AuditAsync()).ShouldContain(finding =>
            finding.Fault == AuditFault.Missing && finding.Stream == pool && finding.Version == 10);
    }

    [Fact]
    public async Task RowRemovedFromTheEnd_IsFoundByItsSeal()
    {
        var pool = await WriteSampleAsync();
        await RemoveAsync(pool, 25);

        var finding = (await AuditAsync()).ShouldHaveSingleItem();

        (finding.Fault, finding.Stream, finding.Version).ShouldBe((AuditFault.Missing, pool, 25L));
    }

    [Fact]
    public async Task TailCutOffTogetherWithItsSeal_IsFoundByTheAnchorAlone()
    {
        await WriteSampleAsync();
        var committer = await CommitterHeadAsync();
        var seal = (await Ledger.ReadAsync(committer.Stream, committer.Version, 1, None)).ShouldHaveSingleItem();
        foreach (var range in BatchSeal.Read(seal.Payload.Span).Ranges)
        {
            for (var version = range.From; version < range.From + range.Count; version++)
            {
                await RemoveAsync(range.Stream, version);
            }
        }

        await RemoveAsync(committer.Stream, committer.Version);

        (await AuditAsync()).ShouldBeEmpty("nothing in the database tells of it");
        var finding = (await AuditAsync(new Anchor(0, [committer]))).ShouldHaveSingleItem();
        (finding.Fault, finding.Stream, finding.Version).ShouldBe(
            (AuditFault.Missing, committer.Stream, committer.Version));
    }

    [Fact]
    public async Task TailCutOffBeforeALaterStart_IsFoundByItsLink()
    {
        await WriteSampleAsync();
        var first = await CommitterHeadAsync();
        await using (var second = await StartCommitterAsync(Ledger, "second"))
        {
            (await Hand(second, new StreamAuthor("user/late").Commit())).ShouldBe(CommitOutcome.Committed);
        }

        await RemoveAsync(first.Stream, first.Version);

        (await AuditAsync()).ShouldContain(finding =>
            finding.Fault == AuditFault.Missing && finding.Stream == first.Stream && finding.Version == first.Version);
    }

    [Fact]
    public async Task SnapshotThatDiffersFromTheReplay_IsNamed()
    {
        var pool = await WriteSampleAsync();
        var observer = new CountingObserver();
        (await AuditAsync(null, observer)).ShouldBeEmpty();
        observer.Compared.ShouldBe(1);
        var head = (await Ledger.HeadsAsync([pool], None))[0];
        await Ledger.SaveSnapshotAsync(CountSnapshot(head, 24), None);

        var finding = (await AuditAsync(null, observer)).ShouldHaveSingleItem();

        (finding.Fault, finding.Stream, finding.Version).ShouldBe((AuditFault.SnapshotDiffers, pool, head.Version));
    }

    [Fact]
    public async Task SnapshotThatLacksASegment_IsNotComparedAsNoLoadUsesIt()
    {
        var pool = await WriteSampleAsync();
        var head = (await Ledger.HeadsAsync([pool], None))[0];
        await Ledger.SaveSnapshotAsync(
            CountSnapshot(head, 25) with { Segments = [new byte[] { 1 }, new byte[] { 2 }] }, None);
        await Backend.DeleteSegmentAsync(pool, 0);
        var observer = new CountingObserver();

        (await AuditAsync(null, observer)).ShouldBeEmpty();

        observer.Compared.ShouldBe(0);
    }

    /// <summary>
    /// A pool's 25 draws and three users' streams through a committer, and a snapshot of the pool's tenth.
    /// </summary>
    private async Task<StreamId> WriteSampleAsync()
    {
        var pool = new StreamAuthor("pool/audited");
        await using var committer = await StartCommitterAsync(Ledger, "audited");
        var users = Enumerable.Range(0, 3).Select(i => new StreamAuthor($"user/own/{i}")).ToList();
        for (var i = 0; i < 25; i++)
        {
            var outcomes = users.Select(user => Hand(committer, user.Commit()))
                .Append(Hand(committer, pool.Transfer(StreamId.Of($"user/{i}"), 100))).ToList();
            (await Task.WhenAll(outcomes)).ShouldAllBe(outcome => outcome == CommitOutcome.Committed);
            if (i == 9)
            {
                await Ledger.SaveSnapshotAsync(
                    CountSnapshot(new StreamHead(pool.Stream, pool.Version, pool.Chain), 10), None);
            }
        }

        return pool.Stream;
    }

    private async Task<StreamHead> CommitterHeadAsync()
    {
        var starts = await Ledger.CreditsAsync(
            StreamId.Of(StreamNames.Committers), new Dictionary<StreamId, long>(), None);
        return (await Ledger.HeadsAsync([starts.ShouldHaveSingleItem().Stream], None))[0];
    }

    private Task RemoveAsync(StreamId stream, long version) => Backend.RemoveAsync([(stream, version)]);

    private Task<IReadOnlyList<AuditFinding>> AuditAsync(Anchor? anchor = null, params IAuditObserver[] observers) =>
        new JournalAudit(StreamAuthor.Key, observers).RunAsync(Ledger, anchor, None);

    private static Snapshot CountSnapshot(StreamHead head, byte count) => new(
        head.Stream, 1, head.Version, head.Chain, new Dictionary<StreamId, long>(), new[] { count }, []);

    /// <summary>Holds that a snapshot's state is the number of its stream's entries.</summary>
    private sealed class CountingObserver : IAuditObserver
    {
        private byte _count;

        public int Compared { get; private set; }

        public ValueTask ObserveAsync(Entry entry, IJournalView view, Action<AuditFinding> report)
        {
            _count++;
            return ValueTask.CompletedTask;
        }

        public ValueTask ObserveAsync(Snapshot snapshot, IJournalView view, Action<AuditFinding> report)
        {
            Compared++;
            if (snapshot.State.Span[0] != _count)
            {
                report(new AuditFinding(
                    AuditFault.SnapshotDiffers, snapshot.Stream, snapshot.Version, $"{_count} entries"));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask EndAsync(StreamId stream, IJournalView view, Action<AuditFinding> report)
        {
            _count = 0;
            return ValueTask.CompletedTask;
        }
    }
}
