using Campaigns.Domain.Values;
using Campaigns.Ledger.Audit;
using Campaigns.Ledger.Tests.Audit;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private static readonly int Tamperings = Scale.Of("tamper", everyRun: 40, proven: 200);

    /// <summary>
    /// Random edits, deletions, reorderings, insertions and truncations before the last anchor: each one is found, and
    /// its place is named.
    /// </summary>
    [Fact]
    [Trait("Proof", "tamper")]
    public async Task RandomTampering_IsFoundEveryTimeAndNamed()
    {
        await WriteNightAsync();
        var rows = await ScanAsync();
        var anchor = new Anchor(0, [.. rows
            .Where(row => row.Kind is EntryKind.CommitterStarted or EntryKind.BatchSealed)
            .GroupBy(row => row.Stream, (stream, own) => own.MaxBy(row => row.Version)!)
            .Select(row => new StreamHead(row.Stream, row.Version, row.Chain))]);
        (await AuditAsync(anchor)).ShouldBeEmpty();
        for (var seed = 0; seed < Tamperings; seed++)
        {
            var tampering = Tampering.Of(seed, rows);
            await ReplaceAsync(tampering.Removed, tampering.Added);

            var audit = new JournalAudit(StreamAuthor.Key, [])
            {
                SealedRangesAtOnce = seed % 2 == 0 ? 1_000_000 : 1 + (seed % 50),
            };
            var findings = await audit.RunAsync(Ledger, anchor, None);

            var told = string.Join('\n', findings.Take(10));
            findings.ShouldNotBeEmpty($"seed {seed}: {tampering}");
            findings.ShouldContain(
                finding => tampering.Names(finding), $"seed {seed}: {tampering} was told as\n{told}");
            await ReplaceAsync(tampering.Added, tampering.Removed);
        }

        (await AuditAsync(anchor)).ShouldBeEmpty("every tampering was undone");
    }

    /// <summary>A few hundred rows of two committers one after the other, in batches of different sizes.</summary>
    private async Task WriteNightAsync()
    {
        var random = new Random(20270101);
        var pools = Enumerable.Range(0, 3).Select(i => new StreamAuthor($"pool/night/{i}")).ToList();
        var users = Enumerable.Range(0, 20).Select(i => new StreamAuthor($"user/night/{i}")).ToList();
        foreach (var host in (string[])["first", "second"])
        {
            await using var committer = await StartCommitterAsync(Ledger, host);
            for (var batch = 0; batch < 12; batch++)
            {
                var commits = Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(3) == 0
                    ? users[random.Next(users.Count)].Commit(random.Next(1, 4), $"event {random.Next(1_000)}")
                    : pools[random.Next(pools.Count)].Transfer(
                        users[random.Next(users.Count)].Stream, random.Next(1, 500), text: $"{random.Next(1_000)}"));
                var outcomes = await Task.WhenAll(commits.ToList().Select(commit => Hand(committer, commit)));
                outcomes.ShouldAllBe(outcome => outcome == CommitOutcome.Committed);
            }
        }
    }
}
