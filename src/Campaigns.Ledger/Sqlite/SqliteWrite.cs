namespace Campaigns.Ledger.Sqlite;

/// <summary>One transaction of the journal on the writer's thread.</summary>
internal sealed class SqliteWrite(IReadOnlyList<Commit> batch)
{
    private const string Insert =
        """
        insert into entries (stream, version, at, kind, credit, unit, amount, payload, chain)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    /// <summary>
    /// A failure from here on leaves the outcome open: the log may hold the commit although its sync was refused.
    /// </summary>
    public bool EndWasTried { get; private set; }

    public WriteOutcome Run(SqliteSession session)
    {
        try
        {
            session.Use("begin immediate").Run();
            InsertAll(session);
        }
        catch (SqliteFailure failure) when (failure.IsDuplicateKey || failure.IsBusy)
        {
            session.Rollback();
            return failure.IsDuplicateKey ? WriteOutcome.Conflict : WriteOutcome.NotWritten;
        }

        EndWasTried = true;
        try
        {
            session.Use("commit").Run();
            return WriteOutcome.Committed;
        }
        catch (SqliteFailure failure) when (failure.IsBusy)
        {
            // The transaction is still open, so its end was refused as a whole.
            session.Rollback();
            return WriteOutcome.NotWritten;
        }
    }

    private void InsertAll(SqliteSession session)
    {
        var insert = session.Use(Insert);
        foreach (var commit in batch)
        {
            foreach (var entry in commit.Entries)
            {
                Bind(insert, entry);
                insert.Run();
            }
        }
    }

    private static void Bind(SqliteStatement insert, Entry entry)
    {
        insert.Bind(1, entry.Stream).Bind(2, entry.Version).Bind(3, entry.At).Bind(4, (long)entry.Kind);
        if (entry.Credit.IsNone)
        {
            insert.BindNull(5);
        }
        else
        {
            insert.Bind(5, entry.Credit);
        }

        insert.Bind(6, entry.Unit);
        if (entry.Amount == 0)
        {
            insert.BindNull(7);
        }
        else
        {
            insert.Bind(7, entry.Amount);
        }

        insert.Bind(8, entry.Payload.Span).Bind(9, entry.Chain);
    }
}
