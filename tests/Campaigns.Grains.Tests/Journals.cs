using Campaigns.Contracts;
using Campaigns.Domain.Values;
using Campaigns.Grains.Auditing;
using Campaigns.Ledger;
using Campaigns.Ledger.Audit;
using Campaigns.Ledger.Volatile;

namespace Campaigns.Grains.Tests;

/// <summary>What the journal alone tells.</summary>
internal static class Journals
{
    /// <summary>The audit that an operator runs: no findings and all accounts balanced means clean.</summary>
    public static Task<(IReadOnlyList<AuditFinding> Findings, IReadOnlyList<AccountBalance> Accounts)> AuditAsync(
        this VolatileJournal journal) => new VolatileLedger(journal).AuditAsync();

    public static async Task<(IReadOnlyList<AuditFinding> Findings, IReadOnlyList<AccountBalance> Accounts)> AuditAsync(
        this ILedger ledger)
    {
        var campaigns = new CampaignAudit();
        var audit = new JournalAudit(TestSilo.ChainKey, [campaigns]);
        var findings = (await audit.RunAsync(ledger, null, CancellationToken.None)).ToList();
        campaigns.Finish(findings.Add);
        return (findings, campaigns.Accounts);
    }

    /// <summary>Asserts that nothing was lost, issued twice or altered.</summary>
    public static async Task<IReadOnlyList<AccountBalance>> ShouldBeCleanAsync(this TestSilo silo)
    {
        var (findings, accounts) = await silo.Undisturbed.AuditAsync();
        findings.ShouldBeEmpty();
        accounts.ShouldAllBe(account => account.Balanced);
        return accounts;
    }

    public static async Task<List<Entry>> EntriesAsync(this TestSilo silo, string? stream = null)
    {
        var entries = new List<Entry>();
        await using var view = await silo.Undisturbed.OpenViewAsync(CancellationToken.None);
        await foreach (var entry in view.EntriesAsync(CancellationToken.None))
        {
            if (stream is null || entry.Stream == StreamId.Of(stream))
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    public static async Task<List<Snapshot>> SnapshotsAsync(this TestSilo silo)
    {
        var snapshots = new List<Snapshot>();
        await using var view = await silo.Undisturbed.OpenViewAsync(CancellationToken.None);
        await foreach (var snapshot in view.SnapshotsAsync(CancellationToken.None))
        {
            snapshots.Add(snapshot);
        }

        return snapshots;
    }
}
