using Campaigns.Domain.Values;
using SQLitePCL;

namespace Campaigns.Ledger.Sqlite;

/// <summary>A prepared statement: bind, step, read columns, reset. Used by one thread.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteFailure.ThrowUnlessOk(database, raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    public SqliteStatement Bind(int index, long value)
    {
        SqliteFailure.ThrowUnlessOk(_database, raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, string? value)
    {
        var code = value is null
            ? raw.sqlite3_bind_null(_statement, index)
            : raw.sqlite3_bind_text(_statement, index, value);
        SqliteFailure.ThrowUnlessOk(_database, code);
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        // A null pointer would bind NULL, and an empty span has one.
        var code = value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
            : raw.sqlite3_bind_blob(_statement, index, value);
        SqliteFailure.ThrowUnlessOk(_database, code);
        return this;
    }

    public SqliteStatement BindNull(int index)
    {
        SqliteFailure.ThrowUnlessOk(_database, raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    public SqliteStatement Bind(int index, StreamId value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.WriteTo(bytes);
        return Bind(index, bytes);
    }

    public SqliteStatement Bind(int index, Chain value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.WriteTo(bytes);
        return Bind(index, bytes);
    }

    /// <summary>True when a row is there to be read, false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteFailure(_database);
        }

        return code == raw.SQLITE_ROW;
    }

    /// <summary>
    /// Runs to the end; the first row as <paramref name="read"/> takes it, or the default where there is none.
    /// </summary>
    public T? First<T>(Func<SqliteStatement, T> read)
    {
        try
        {
            if (!Step())
            {
                return default;
            }

            var first = read(this);
            while (Step())
            {
            }

            return first;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs to the end and makes ready for the next use.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    public SqliteStatement Reset()
    {
        // Its code repeats the failure of the last step, which was thrown already.
        _ = raw.sqlite3_reset(_statement);
        return this;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();
}
