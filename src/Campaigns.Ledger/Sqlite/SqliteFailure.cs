using SQLitePCL;

namespace Campaigns.Ledger.Sqlite;

/// <summary>SQLite refused a call.</summary>
internal sealed class SqliteFailure : Exception
{
    public SqliteFailure(sqlite3 database)
        : base($"SQLite: {raw.sqlite3_errmsg(database).utf8_to_string()}")
    {
        Code = raw.sqlite3_extended_errcode(database);
    }

    public SqliteFailure(int code, string message)
        : base(message) => Code = code;

    /// <summary>The extended result code.</summary>
    public int Code { get; }

    public bool IsDuplicateKey =>
        Code is raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_ROWID;

    /// <summary>Another connection holds the lock; the session itself is sound.</summary>
    public bool IsBusy => (Code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    public static void ThrowUnlessOk(sqlite3 database, int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteFailure(database);
        }
    }
}
