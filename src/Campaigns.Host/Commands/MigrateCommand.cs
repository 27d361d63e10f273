using System.CommandLine;
using Campaigns.Host.Databases;
using Campaigns.Host.Settings;
using Campaigns.Ledger;
using Campaigns.Ledger.Postgres;

namespace Campaigns.Host.Commands;

/// <summary>
/// Brings the schema up to this program, as the owner of the tables, so that hosts can run under a lesser role.
/// </summary>
internal static class MigrateCommand
{
    private static readonly Option<string?> Role = new("--role")
    {
        Description = "Gives this role of PostgreSQL what a host needs, and no more.",
    };

    private static readonly Option<string?> GatewayRole = new("--gateway-role")
    {
        Description = "Gives this role what a gateway of a cluster needs, and no more.",
    };

    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database's schema up to this program, and ends.")
        {
            Role, GatewayRole, SettingOptions.Data, SettingOptions.Postgres,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var settings = SettingOptions.Read(parsed);
        var folder = new DataFolder(settings.Data);
        if (settings.Postgres is null)
        {
            folder.Create();
        }

        await using var database = Database.OpenOrCreate(settings, folder);
        await database.MigrateAsync(stop);
        if (parsed.GetValue(Role) is { } role)
        {
            await Postgres(database).GrantAsync(role, stop);
        }

        if (parsed.GetValue(GatewayRole) is { } gateway)
        {
            await Postgres(database).GrantGatewayAsync(gateway, stop);
        }

        Console.WriteLine("migrated: the schema is that of this program");
        return 0;
    }

    private static PostgresDatabase Postgres(ILedgerDatabase database) => database as PostgresDatabase
        ?? throw new HostException("roles are PostgreSQL's: give --postgres \"CONNECTION STRING\".");
}
