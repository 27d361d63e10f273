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
    /// <summary>Never throws: what cannot be looked at is a finding.</summary>
    /// <param name="findings">To which it adds.</param>
    public async Task RunAsync(AuditFindings findings)
    {
        foreach (var book in run.Books)
        {
            Contradictions(book, findings);
        }

        if (target.Host is { HasEnded: true } host)
        {
            findings.Report("the host ended by itself", host.Log.Split('\n')[^1]);
        }

        await (target.HasDatabase ? FromDatabaseAsync(findings) : ByHttpAsync(findings));
    }

    private async Task FromDatabaseAsync(AuditFindings findings)
    {
        IReadOnlyDictionary<string, long>? issued = null;
        await TryAsync("the export", findings, async () => issued = await FromJournalAsync(findings));
        await TryAsync("the database's audit", findings, () => ConservationAsync(findings));
        await CertificatesAsync(issued, findings);
    }

    private async Task ByHttpAsync(AuditFindings findings)
    {
        findings.Note("the database is out of reach: asked by HTTP, see below for what that cannot see");
        if (!await CertificatesAsync(null, findings))
        {
            return;
        }

        foreach (var check in run.HttpChecks)
        {
            await TryAsync("the questions by HTTP", findings, () => check(findings));
        }
    }

    /// <summary>False: the target does not answer, so nothing else needs to be asked.</summary>
    private async Task<bool> CertificatesAsync(IReadOnlyDictionary<string, long>? issued, AuditFindings findings)
    {
        var answered = true;
        foreach (var campaign in run.Campaigns)
        {
            answered &= await TryAsync(
                "the certificate", findings, () => CertificateAsync(campaign, issued, findings));
        }

        return answered;
    }

    private static async Task<bool> TryAsync(string what, AuditFindings findings, Func<Task> look)
    {
        try
        {
            await look();
            return true;
        }
        catch (Exception failure)
        {
            findings.Report("could not be made", $"{what}: {failure.Message}");
            return false;
        }
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
    private async Task CertificateAsync(
        string campaign, IReadOnlyDictionary<string, long>? issued, AuditFindings findings)
    {
        var (balanced, accounts) = await ops.AuditAsync(campaign);
        if (!balanced)
        {
            findings.Report("not balanced", $"/v1/ops/campaigns/{campaign}/audit");
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
            $"/v1/ops/campaigns/{campaign}/audit: balanced {balanced}, issued {sum} fen by its pools");
    }
}
