using Campaigns.Domain.Values;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task Credits_AreThoseBehindTheCursorOfEachSource()
    {
        var account = StreamId.Of("user/credited");
        var sources = Enumerable.Range(0, 4).Select(i => new StreamAuthor($"pool/source/{i}")).ToList();
        var written = new List<Entry>();
        foreach (var source in sources)
        {
            var commit = source.Commit(
            [
                new Draft(new byte[] { 1 }, account, Units.Cash, 10),
                new Draft(new byte[] { 2 }, StreamId.Of("user/other"), Units.Cash, 20),
                new Draft(new byte[] { 3 }, account, Units.Points, 30),
            ]);
            await WriteAsync(commit);
            written.AddRange(commit.Entries);
        }

        var cursor = new Dictionary<StreamId, long>
        {
            [sources[0].Stream] = 1,
            [sources[1].Stream] = 3,
            [sources[2].Stream] = 0,
        };
        var expected = written
            .Where(entry => entry.Credit == account && entry.Version > cursor.GetValueOrDefault(entry.Stream))
            .OrderBy(entry => (entry.Stream, entry.Version));

        (await Ledger.CreditsAsync(account, cursor, None)).ShouldBeSame(expected);
    }

    [Fact]
    public async Task CreditsOfManyAccounts_ComeBackEachWithItsOwnCursor()
    {
        var pool = new StreamAuthor("pool/many");
        var accounts = Enumerable.Range(0, 5).Select(i => StreamId.Of($"user/many/{i}")).ToList();
        var draws = pool.Commit([.. accounts.Concat(accounts)
            .Select(account => new Draft(new byte[] { 7 }, account, Units.Cash, 1))]);
        await WriteAsync(draws);

        var answers = await Ledger.CreditsAsync(
        [
            .. accounts.Select((account, i) => new CreditRequest(
                account, i % 2 == 0 ? [] : new Dictionary<StreamId, long> { [pool.Stream] = 5 })),
            new CreditRequest(StreamId.Of("user/never-credited"), new Dictionary<StreamId, long>()),
            new CreditRequest(accounts[0], new Dictionary<StreamId, long> { [pool.Stream] = 10 }),
        ], None);

        answers.Select(entries => entries.Count).ShouldBe([2, 1, 2, 1, 2, 0, 0]);
        answers[1].ShouldBeSame([draws.Entries[6]]);
    }

    [Fact]
    public async Task TransferToTheStreamsOwnAccount_IsNoCreditToPull()
    {
        var campaign = new StreamAuthor("campaign/own");
        await WriteAsync(campaign.Transfer(campaign.Stream, 100));

        (await Ledger.CreditsAsync(campaign.Stream, new Dictionary<StreamId, long>(), None)).ShouldBeEmpty();
        (await Ledger.TransfersAsync(campaign.Stream, null, 10, None)).Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Transfers_PageNewestFirstWithoutGapOrRepetition()
    {
        var user = new StreamAuthor("user/statement");
        var pools = Enumerable.Range(0, 3).Select(i => new StreamAuthor($"pool/statement/{i}")).ToList();
        var all = new List<Entry>();
        for (var i = 0; i < 20; i++)
        {
            var source = i % 4 == 3 ? user : pools[i % 4];
            source.At += i / 6;
            var commit = source.Transfer(source == user ? StreamId.Of("merchant/m") : user.Stream, i + 1);
            await WriteAsync(commit, pools[0].Transfer(StreamId.Of("user/noise"), 1), user.Commit());
            all.AddRange(commit.Entries);
        }

        foreach (var limit in (int[])[1, 3, 7, 20, 100])
        {
            var (paged, slices) = await StatementAsync(user.Stream, limit);

            paged.ShouldBeSame(all.OrderByDescending(entry => (entry.At, entry.Stream, entry.Version)));
            slices.ShouldBe((all.Count + limit - 1) / limit, "the last slice says that it is the last");
        }
    }

    [Fact]
    public async Task StatementOfMixedSources_IsTheSameFromEveryPlaceOn()
    {
        var random = new Random(7);
        var user = new StreamAuthor("user/mixed");
        var sources = Enumerable.Range(0, 6).Select(i => new StreamAuthor($"pool/mixed/{i}")).Append(user).ToList();
        var all = new List<Entry>();
        for (var i = 0; i < 120; i++)
        {
            // Few different times, so that many entries of several streams share one.
            var source = sources[random.Next(sources.Count)];
            source.At = Math.Max(source.At, 1_798_761_600_000 + (i / 10));
            var commit = random.Next(3) == 0
                ? source.Commit(random.Next(1, 4))
                : source.Transfer(source == user ? StreamId.Of("merchant/m") : user.Stream, i + 1);
            await WriteAsync(commit);
            all.AddRange(commit.Entries.Where(entry => !entry.Credit.IsNone));
        }

        var ordered = all.OrderByDescending(entry => (entry.At, entry.Stream, entry.Version)).ToList();
        for (var from = 0; from < ordered.Count; from++)
        {
            var place = new TransferCursor(ordered[from].At, ordered[from].Stream, ordered[from].Version);
            var slice = await Ledger.TransfersAsync(user.Stream, place, 5, None);

            slice.Entries.ShouldBeSame(ordered.Skip(from + 1).Take(5));
        }
    }

    [Fact]
    public async Task OwnEntriesWithoutValue_MakeSlicesShortButLoseNothing()
    {
        var user = new StreamAuthor("user/busy-statement");
        var pool = new StreamAuthor("pool/busy-statement");
        var oldest = pool.Transfer(user.Stream, 1);
        var own = user.Transfer(StreamId.Of("merchant/m"), 2);
        user.At++;
        var idle = user.Commit(1_000);
        pool.At = user.At;
        var newest = pool.Transfer(user.Stream, 3);
        await WriteAsync(oldest, newest, own, idle);

        var first = await Ledger.TransfersAsync(user.Stream, null, 10, None);
        first.Next.ShouldNotBeNull();
        first.Entries.Count.ShouldBeLessThanOrEqualTo(1, "what lies behind the entries looked at is not known yet");
        var (paged, slices) = await StatementAsync(user.Stream, 10);

        paged.Select(entry => entry.Amount).ShouldBe(
            new[] { newest, oldest, own }.Select(commit => commit.Entries[0])
                .OrderByDescending(entry => (entry.At, entry.Stream, entry.Version)).Select(entry => entry.Amount));
        slices.ShouldBeLessThanOrEqualTo(1 + (1_000 / TransferSlice.OwnEntries(10)));
    }

    private async Task<(List<Entry> Entries, int Slices)> StatementAsync(StreamId account, int limit)
    {
        var (entries, slices) = (new List<Entry>(), 0);
        TransferCursor? before = null;
        do
        {
            var slice = await Ledger.TransfersAsync(account, before, limit, None);
            slice.Entries.Count.ShouldBeLessThanOrEqualTo(limit);
            entries.AddRange(slice.Entries);
            before = slice.Next;
            slices++;
        }
        while (before is not null);

        return (entries, slices);
    }
}
