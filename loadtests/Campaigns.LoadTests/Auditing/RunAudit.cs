using System.Diagnostics;
using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Targets;

namespace Campaigns.LoadTests.Auditing;

/// <summary>
/// After the run: what clients were told against the ledger, to the fen. From the exported journal where the database
/// can be reached, which takes in everything; by HTTP elsewhere, which is said.
/// </summary>
internal sealed class RunAudit(LoadRun run, Target target, OpsClient ops)
{
    public async Task<AuditFindings> RunAsync()
    {
        var findings = new AuditFindings();
        foreach (var book in run.Books)
        {
            Contradictions(book, findings);
        }

        IReadOnlyDictionary<string, long>? issued = null;
        if (target.HasDatabase)
        {
            issued = await FromJournalAsync(findings);
            await ConservationAsync(findings);
        }
        else
        {
            findings.Note("the database is out of reach: asked by HTTP, see below for what that cannot see");
            foreach (var check in run.HttpChecks)
            {
                await check(findings);
            }
        }

        await CertificateAsync(issued, findings);
        return findings;
    }

    /// <summary>Nobody was told two different things of one operation.</summary>
    private static void Contradictions(Answers.ToldBook book, AuditFindings findings)
    {
        if (book.Contradictions > 0)
        {
            findings.Report("told two things", string.Join("; ", book.Examples.Take(5)), book.Contradictions);
        }
    }

    private async Task<IReadOnlyDictionary<string, long>> FromJournalAsync(AuditFindings findings)
    {
        var watch = Stopwatch.StartNew();
        var checks = run.JournalChecks.ToList();
        var lines = await JournalExport.ReadAsync(target.Command("export"), row =>
        {
            foreach (var check in checks)
            {
                check.Observe(row, findings);
            }
        });
        foreach (var check in checks)
        {
            check.Finish(findings);
        }

        findings.Note($"{lines} entries of the journal, exported and compared in {watch.Elapsed.TotalSeconds:0.0} s");
        return checks.SelectMany(check => check.Issued).ToDictionary();
    }

    /// <summary>The host's own audit of the whole database.</summary>
    private async Task ConservationAsync(AuditFindings findings)
    {
        using var process = Process.Start(target.Command("audit"))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var conclusion = output.TrimEnd().Split('\n')[^1];
        if (process.ExitCode != 0)
        {
            findings.Report("the database's audit", $"{conclusion} {await errors}".Trim());
        }
        else
        {
            findings.Note("./campaigns audit: " + conclusion);
        }
    }

    /// <summary>What the pools say that they issued is what their rows add up to.</summary>
    private async Task CertificateAsync(IReadOnlyDictionary<string, long>? issued, AuditFindings findings)
    {
        var (balanced, accounts) = await ops.AuditAsync(run.Plan.Campaign);
        if (!balanced)
        {
            findings.Report("not balanced", $"/v1/ops/campaigns/{run.Plan.Campaign}/audit");
        }

        long sum = 0;
        foreach (var account in accounts.Where(account => account.Unit != "pieces" && account.Account.Contains('/')))
        {
            sum += account.Issued;
            if (issued is not null && issued.GetValueOrDefault(account.Account) != account.Issued)
            {
                findings.Report(
                    "issued differs",
                    $"{account.Account} says {account.Issued} {account.Unit}, its rows add up to "
                    + $"{issued.GetValueOrDefault(account.Account)}");
            }
        }

        findings.Note(
            $"/v1/ops/campaigns/{run.Plan.Campaign}/audit: balanced {balanced}, issued {sum} fen by its pools");
    }
}
