using Campaigns.Domain.Values;
using Campaigns.Ledger.Audit;
using Campaigns.Ledger.GroupCommit;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Conformance;

/// <summary>
/// Rule 12: what somebody with write access but without the key may try, and the row that each gives away.
/// </summary>
public abstract partial class LedgerConformance
{
    [Fact]
    public async Task AlteredPayload_IsNamed()
    {
        var pool = await WriteSampleAsync();
        await TamperAsync(pool, 7, row => row with { Payload = "another text"u8.ToArray() });

        (await PlacesAsync()).ShouldBe([(AuditFault.Changed, pool, 7)]);
    }

    [Fact]
    public async Task RowsInAnotherOrder_AreNamed()
    {
        var pool = await WriteSampleAsync();
        await TamperAsync(pool, [7, 8], rows => [rows[1] with { Version = 7 }, rows[0] with { Version = 8 }]);

        var places = await PlacesAsync();

        places.ShouldContain((AuditFault.Changed, pool, 7));
        places.ShouldContain((AuditFault.Changed, pool, 8));
    }

    [Fact]
    public async Task RowsThatHaveChangedPlaces_AreNamedInBothStreams()
    {
        var (pool, user) = (await WriteSampleAsync(), StreamId.Of("user/own/1"));
        var (left, right) = (await RowAsync(pool, 7), await RowAsync(user, 3));
        await TamperAsync(pool, 7, row => right with { Stream = row.Stream, Version = row.Version });
        await TamperAsync(user, 3, row => left with { Stream = row.Stream, Version = row.Version });

        var places = await PlacesAsync();

        places.ShouldContain((AuditFault.Changed, pool, 7));
        places.ShouldContain((AuditFault.Changed, user, 3));
    }

    [Fact]
    public async Task DeletedTail_IsNamedByItsFirstRow()
    {
        var pool = await WriteSampleAsync();
        await Backend.RemoveAsync([(pool, 25), (pool, 24), (pool, 23)]);

        (await PlacesAsync()).ShouldContain((AuditFault.Missing, pool, 23));
    }

    [Fact]
    public async Task DeletedStream_IsMissedByItsSeals()
    {
        await WriteSampleAsync();
        var user = StreamId.Of("user/own/2");
        await Backend.RemoveAsync(Enumerable.Range(1, 25).Select(version => (user, (long)version)));

        (await PlacesAsync()).ShouldContain((AuditFault.Missing, user, 1));
    }

    [Fact]
    public async Task InsertedRow_IsNamedThoughItFollowsTheLastOne()
    {
        var pool = await WriteSampleAsync();
        var head = (await Ledger.HeadsAsync([pool], None))[0];
        await WriteAsync(StreamAuthor.Resume(head).Transfer(StreamId.Of("user/thief"), 1_000));

        (await PlacesAsync()).ShouldBe([(AuditFault.Unsealed, pool, 26)], "its chain holds: only the seal tells");
    }

    [Fact]
    public async Task DeletedSeal_IsNamed_AndTheRowsThatNobodySealsAnyMore()
    {
        await WriteSampleAsync();
        var head = await CommitterHeadAsync();
        var seal = await RowAsync(head.Stream, head.Version / 2);
        await RemoveAsync(seal.Stream, seal.Version);

        var places = await PlacesAsync();

        places.ShouldContain((AuditFault.Missing, seal.Stream, seal.Version));
        foreach (var range in BatchSeal.Read(seal.Payload.Span).Ranges)
        {
            places.ShouldContain((AuditFault.Unsealed, range.Stream, range.From));
        }
    }

    [Fact]
    public async Task DeletedSealTail_LeavesRowsThatNobodySeals_EachOfThemNamed()
    {
        await WriteSampleAsync();
        var head = await CommitterHeadAsync();
        var seals = (await Ledger.ReadAsync(head.Stream, head.Version - 4, 5, None)).ToList();
        var ranges = seals.SelectMany(seal => BatchSeal.Read(seal.Payload.Span).Ranges).ToList();
        await Backend.RemoveAsync(seals.Select(seal => (seal.Stream, seal.Version)));

        var findings = await AuditAsync();

        findings.ShouldAllBe(finding => finding.Fault == AuditFault.Unsealed);
        foreach (var stream in ranges.GroupBy(range => range.Stream))
        {
            var first = stream.Min(range => range.From);
            var last = stream.Max(range => range.From + range.Count - 1);
            var finding = findings.Single(one => one.Stream == stream.Key);
            finding.Version.ShouldBe(first);
            finding.Detail.ShouldBe(
                first == last ? "no seal names it" : $"no seal names it, and so up to version {last}");
        }

        findings.Count.ShouldBe(ranges.Select(range => range.Stream).Distinct().Count());
    }

    [Fact]
    public async Task RowWithTwoSeals_IsNamed()
    {
        var pool = await WriteSampleAsync();
        var committer = StreamAuthor.Resume(await CommitterHeadAsync());
        committer.At = long.MaxValue;
        var again = new BatchSeal([new SealedRange(pool, 3, 1)], 0);
        await WriteAsync(committer.Commit([new Draft(again.Write(), Kind: EntryKind.BatchSealed)]));

        (await PlacesAsync()).ShouldContain((AuditFault.SealBroken, pool, 3));
    }

    [Fact]
    public async Task RowReplacedBySomebodyWhoHasTheKey_IsFoundByItsSeal()
    {
        var pool = await WriteSampleAsync();
        var before = await RowAsync(pool, 24);
        var other = StreamAuthor.Resume(new StreamHead(pool, before.Version, before.Chain))
            .Transfer(StreamId.Of("user/accomplice"), 1_000);
        await ReplaceAsync([await RowAsync(pool, 25)], other.Entries);

        var finding = (await AuditAsync()).ShouldHaveSingleItem();

        finding.Fault.ShouldBe(AuditFault.SealBroken);
        finding.Stream.ShouldBe((await CommitterHeadAsync()).Stream);
        var seal = await RowAsync(finding.Stream, finding.Version);
        BatchSeal.Read(seal.Payload.Span).Ranges.ShouldContain(range => range.Stream == pool && range.From == 25);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task AuditWithLittleMemory_FindsTheSame(int rangesAtOnce)
    {
        var pool = await WriteSampleAsync();
        (await PlacesAsync(rangesAtOnce)).ShouldBeEmpty();
        var head = await CommitterHeadAsync();
        await RemoveAsync(head.Stream, head.Version / 2);
        await RemoveAsync(head.Stream, head.Version);
        await Backend.RemoveAsync([(pool, 1), (pool, 2), (pool, 25)]);

        (await PlacesAsync(rangesAtOnce)).ShouldBe(await PlacesAsync(), ignoreOrder: true);
    }

    [Fact]
    public async Task AuditsBesideARunningCommitter_ReportNothingOfABatchUnderWay()
    {
        await using var committer = await StartCommitterAsync(Ledger, "busy", lanes: Backend.WriteConnections);
        using var stop = new CancellationTokenSource();
        const int writers = 20;
        var written = 0L;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(i => WriteUntilAsync($"user/busy/{i}")));
        try
        {
            var seen = 0L;
            for (var round = 0; round < 10; round++)
            {
                var before = Interlocked.Read(in written);
                await Eventually.ShouldBe(() => Interlocked.Read(in written) > before + writers);
                var audit = new JournalAudit(StreamAuthor.Key, []);
                (await audit.RunAsync(Ledger, null, None)).ShouldBeEmpty();
                seen.ShouldBeLessThan(audit.Entries);
                seen = audit.Entries;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await writing;
        }

        // With a pause: memory takes commits faster than an audit reads them, and no audit would come to an end.
        async Task WriteUntilAsync(string stream)
        {
            var author = new StreamAuthor(stream);
            while (!stop.IsCancellationRequested)
            {
                (await Hand(committer, author.Commit(2))).ShouldBe(CommitOutcome.Committed);
                Interlocked.Increment(ref written);
                await Task.Delay(5, None);
            }
        }
    }

    private async Task<IEnumerable<(AuditFault Fault, StreamId Stream, long Version)>> PlacesAsync(
        int rangesAtOnce = 1_000_000)
    {
        var audit = new JournalAudit(StreamAuthor.Key, []) { SealedRangesAtOnce = rangesAtOnce };
        var findings = await audit.RunAsync(Ledger, null, None);
        return [.. findings.Select(finding => (finding.Fault, finding.Stream, finding.Version))];
    }

    private async Task<Entry> RowAsync(StreamId stream, long version) =>
        (await Ledger.ReadAsync(stream, version, 1, None)).ShouldHaveSingleItem();

    private Task TamperAsync(StreamId stream, long version, Func<Entry, Entry> change) =>
        TamperAsync(stream, [version], rows => [change(rows[0])]);

    private async Task TamperAsync(
        StreamId stream, IReadOnlyList<long> versions, Func<IReadOnlyList<Entry>, IReadOnlyList<Entry>> change)
    {
        var rows = new List<Entry>();
        foreach (var version in versions)
        {
            rows.Add(await RowAsync(stream, version));
        }

        await ReplaceAsync(rows, change(rows));
    }

    /// <summary>Takes rows away and puts others there, as they are: the journal's writer checks no chain.</summary>
    private async Task ReplaceAsync(IReadOnlyList<Entry> removed, IReadOnlyList<Entry> added)
    {
        if (removed.Count > 0)
        {
            await Backend.RemoveAsync(removed.Select(row => (row.Stream, row.Version)));
        }

        await WriteAsync([.. added.Select(row => new Commit(row.Stream, row.Version - 1, Chain.Start, [row]))]);
    }
}
