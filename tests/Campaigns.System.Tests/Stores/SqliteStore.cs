using Microsoft.Data.Sqlite;

namespace Campaigns.System.Tests.Stores;

/// <summary>The file that the host makes in its data folder.</summary>
internal sealed class SqliteStore() : Store([])
{
    static SqliteStore() => SQLitePCL.Batteries_V2.Init();

    public override Task<int> ExecuteAsync(string sql) => RunAsync(sql, command => command.ExecuteNonQueryAsync());

    public override Task<long> CountAsync(string table) => RunAsync(
        $"select count(*) from {table}", async command => (long)(await command.ExecuteScalarAsync())!);

    private async Task<T> RunAsync<T>(string sql, Func<SqliteCommand, Task<T>> run)
    {
        var file = Path.Combine(Folder, "campaigns.db");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await run(command);
    }
}
