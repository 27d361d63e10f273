using System.Globalization;
using SQLitePCL;

namespace Campaigns.Ledger.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly sqlite3 _database;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    static SqliteSession() => Batteries_V2.Init();

    public SqliteSession(SqliteOptions options, bool readOnly)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(options.Path, out _database, flags, null);
        if (code != raw.SQLITE_OK)
        {
            _database.Dispose();
            var reason = raw.sqlite3_errstr(code).utf8_to_string();
            throw new SqliteFailure(code, $"SQLite cannot open '{options.Path}': {reason}");
        }

        try
        {
            _ = raw.sqlite3_busy_timeout(_database, (int)options.BusyTimeout.TotalMilliseconds);
            Execute(string.Create(CultureInfo.InvariantCulture, $"pragma mmap_size = {options.MapBytes}"));
            Execute(string.Create(CultureInfo.InvariantCulture, $"pragma cache_size = -{options.CacheBytes / 1024}"));
            if (readOnly)
            {
                Execute("pragma query_only = on");
            }
            else
            {
                Execute("pragma journal_mode = wal");
                Execute("pragma synchronous = full");
                Execute(string.Create(
                    CultureInfo.InvariantCulture, $"pragma wal_autocheckpoint = {options.CheckpointPages}"));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A statement of this text, reset; prepared at its first use.</summary>
    public SqliteStatement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = Prepare(sql);
        }

        return statement.Reset();
    }

    /// <summary>A statement of the caller's own, who disposes it.</summary>
    public SqliteStatement Prepare(string sql) => new(_database, sql);

    /// <summary>Runs a script of one or more statements without parameters.</summary>
    public void Execute(string sql) => SqliteFailure.ThrowUnlessOk(_database, raw.sqlite3_exec(_database, sql));

    public string Pragma(string name)
    {
        using var statement = Prepare("pragma " + name);
        return statement.Step() ? statement.Text(0) : string.Empty;
    }

    /// <summary>Reads in one snapshot of the database.</summary>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        Use("begin").Run();
        try
        {
            return read(this);
        }
        finally
        {
            EndRead();
        }
    }

    public void Rollback()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Reset();
        }

        if (raw.sqlite3_get_autocommit(_database) == 0)
        {
            Use("rollback").Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _database.Dispose();
    }

    private void EndRead()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Reset();
        }

        if (raw.sqlite3_get_autocommit(_database) == 0)
        {
            Use("commit").Run();
        }
    }
}
