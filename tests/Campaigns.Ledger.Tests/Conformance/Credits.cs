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
        (await Ledger.TransfersAsync(campaign.Stream, null, 10, None)).Count.ShouldBe(1);
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

        var paged = new List<Entry>();
        TransferCursor? before = null;
        while (await Ledger.TransfersAsync(user.Stream, before, 3, None) is { Count: > 0 } page)
        {
            page.Count.ShouldBeLessThanOrEqualTo(3);
            paged.AddRange(page);
            before = new TransferCursor(page[^1].At, page[^1].Stream, page[^1].Version);
        }

        paged.ShouldBeSame(all.OrderByDescending(entry => (entry.At, entry.Stream, entry.Version)));
    }
}
