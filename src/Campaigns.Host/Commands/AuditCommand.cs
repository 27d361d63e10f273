using System.CommandLine;
using System.Globalization;
using Campaigns.Contracts;
using Campaigns.Grains.Auditing;
using Campaigns.Host.Auditing;
using Campaigns.Host.Databases;
using Campaigns.Host.Secrets;
using Campaigns.Host.Settings;
using Campaigns.Ledger;
using Campaigns.Ledger.Audit;

namespace Campaigns.Host.Commands;

/// <summary>Recomputes conservation and chains from the database alone, beside a running host or without one.</summary>
internal static class AuditCommand
{
    private static readonly Option<string?> Anchor = new("--anchor")
    {
        Description = "Compare with an anchor that an earlier audit left: finds what was cut off before it.",
    };

    private static readonly Option<string?> SaveAnchor = new("--save-anchor")
    {
        Description = "Leave an anchor in this file; keep it where the database's administrators cannot write.",
    };

    public static Command Create()
    {
        var command = new Command("audit", "Recomputes all accounts and chains; exit code 1 on any difference.")
        {
            Anchor, SaveAnchor, SettingOptions.Data, SettingOptions.Postgres,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var settings = SettingOptions.Read(parsed);
        AnchorFile.CheckPlace(parsed.GetValue(SaveAnchor));
        var anchor = parsed.GetValue(Anchor) is { } path ? await AnchorFile.ReadAsync(path, stop) : null;
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var key = new ChainKey(HostSecrets.FindChainKey(environment, new DataFolder(settings.Data)));

        await using var database = Database.Open(settings);
        var campaigns = new CampaignAudit();
        var heads = new CommitterHeads();
        var audit = new JournalAudit(key, [campaigns, heads]);
        var began = TimeProvider.System.GetUtcNow();
        var findings = new List<AuditFinding>(await audit.RunAsync(database.Ledger, anchor, stop));
        var listed = findings.Count;
        campaigns.Finish(findings.Add);

        foreach (var finding in findings)
        {
            var stream = await StreamLabel.OfAsync(database.Ledger, finding.Stream, stop);
            Console.WriteLine($"differs: {stream} version {finding.Version}: {finding.Fault}: {finding.Detail}");
        }

        PrintAccounts(campaigns.Accounts);
        if (parsed.GetValue(SaveAnchor) is { } file)
        {
            await AnchorFile.WriteAsync(file, new Anchor(began.ToUnixTimeMilliseconds(), heads.Heads), stop);
        }

        return Conclude(audit, campaigns, audit.FindingCount + findings.Count - listed);
    }

    private static int Conclude(JournalAudit audit, CampaignAudit campaigns, long differences)
    {
        if (differences > 0)
        {
            Console.WriteLine($"not balanced: {differences} differences in {audit.Entries} entries");
            return HostException.Different;
        }

        Console.WriteLine(
            $"balanced: {campaigns.Accounts.Count} accounts, {audit.Entries} entries, every chain and seal holds "
            + "(what was cut off after the last anchor cannot be seen)");
        return 0;
    }

    private static void PrintAccounts(IReadOnlyList<AccountBalance> accounts)
    {
        if (accounts.Count == 0)
        {
            return;
        }

        var width = Math.Max("account".Length, accounts.Max(account => account.Account.Length));
        Print(width, "account", "unit", "funded", "remaining", "held", "issued", "refunded");
        foreach (var account in accounts)
        {
            Print(
                width, account.Account, account.Unit, Number(account.Funded), Number(account.Remaining),
                Number(account.Held), Number(account.Issued), Number(account.Refunded));
        }
    }

    private static void Print(int width, string account, string unit, params string[] numbers) =>
        Console.WriteLine(
            $"{account.PadRight(width)}  {unit,-10}" + string.Concat(numbers.Select(number => $"{number,14}")));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
