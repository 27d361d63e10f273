using Campaigns.Host.Settings;
using Campaigns.Host.Testing;
using Campaigns.Ledger;
using Campaigns.Ledger.Postgres;
using Campaigns.Ledger.Sqlite;

namespace Campaigns.Host.Databases;

/// <summary>Opens the database that the settings name.</summary>
internal static class Database
{
    /// <summary>For the commands: throws <see cref="HostException"/> where there is none yet.</summary>
    public static ILedgerDatabase Open(HostSettings settings)
    {
        var folder = new DataFolder(settings.Data);
        if (settings.Postgres is null && !File.Exists(folder.Database))
        {
            throw new HostException($"there is no database {folder.Database}: name its folder with --data.");
        }

        return OpenOrCreate(settings, folder);
    }

    /// <summary>For the host: the file is made where it is missing.</summary>
    public static ILedgerDatabase OpenOrCreate(HostSettings settings, DataFolder folder)
    {
        if (settings.Postgres is null)
        {
            return new SqliteDatabase(
                new SqliteOptions { Path = folder.Database }, OffsetTime.Of(settings.Testing));
        }

        try
        {
            return new PostgresDatabase(new PostgresOptions
            {
                ConnectionString = settings.Postgres,
                WriteConnections = settings.Lanes,
            });
        }
        catch (ArgumentException failure)
        {
            throw new HostException("the connection string of PostgreSQL cannot be used: " + failure.Message);
        }
    }
}
