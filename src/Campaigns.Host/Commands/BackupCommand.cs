using System.CommandLine;
using Campaigns.Host.Settings;
using Campaigns.Ledger.Sqlite;

namespace Campaigns.Host.Commands;

/// <summary>
/// Copies the SQLite file as it is at one instant, beside a running host. PostgreSQL has its own programs.
/// </summary>
internal static class BackupCommand
{
    private static readonly Option<string> To = new("--to")
    {
        Description = "The file to make; it must not be there yet.",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("backup", "Copies the SQLite file of a running or stopped host.")
        {
            To, SettingOptions.Data, SettingOptions.Postgres,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var settings = SettingOptions.Read(parsed);
        if (settings.Postgres is not null)
        {
            throw new HostException("backup is for the SQLite file: PostgreSQL has pg_dump and pg_basebackup.");
        }

        var from = new DataFolder(settings.Data).Database;
        if (!File.Exists(from))
        {
            throw new HostException($"there is no database {from}: name its folder with --data.");
        }

        var to = Path.GetFullPath(parsed.GetRequiredValue(To));
        if (File.Exists(to))
        {
            throw new HostException($"--to: {to} is there already.");
        }

        await using var database = new SqliteDatabase(new SqliteOptions { Path = from }, TimeProvider.System);
        await database.CopyToAsync(to, stop);
        Console.WriteLine($"backup: {new FileInfo(to).Length} bytes in {to}; the keys are not in it");
        return 0;
    }
}
