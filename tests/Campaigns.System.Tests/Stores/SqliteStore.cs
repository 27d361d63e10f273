using Microsoft.Data.Sqlite;

namespace Campaigns.System.Tests.Stores;

/// <summary>The file that the host makes in its data folder.</summary>
internal sealed class SqliteStore() : Store([])
{
    static SqliteStore() => SQLitePCL.Batteries_V2.Init();

    public override async Task<int> ExecuteAsync(string sql)
    {
        var file = Path.Combine(Folder, "campaigns.db");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }
}
