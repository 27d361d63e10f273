using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>
/// One transaction of the journal: one statement. Once it was sent, only an answer of the server tells its outcome.
/// </summary>
internal sealed class PostgresWrite(JournalConnections connections, TimeSpan timeout)
{
    private bool _wasSent;

    public async Task<WriteOutcome> RunAsync(IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            await using var rented = await connections.RentAsync(limit.Token);
            rented.Insert.Fill(batch);
            _wasSent = true;
            await rented.Insert.ExecuteAsync(limit.Token);
            rented.Keep();
            return WriteOutcome.Committed;
        }
        catch (PostgresException refusal) when (!PostgresFailures.IsBug(refusal))
        {
            return Classify(refusal);
        }
        catch (Exception failure) when (failure is not PostgresException && PostgresFailures.IsConnection(failure))
        {
            return _wasSent ? WriteOutcome.Unknown : WriteOutcome.NotWritten;
        }
    }

    private WriteOutcome Classify(PostgresException refusal)
    {
        // A backend that dies may have committed before it said so; one that goes on has undone what it refused.
        if (_wasSent && refusal.InvariantSeverity is not "ERROR")
        {
            return WriteOutcome.Unknown;
        }

        return refusal.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => WriteOutcome.Conflict,
            PostgresErrorCodes.LockNotAvailable => WriteOutcome.Blocked,
            _ => WriteOutcome.NotWritten,
        };
    }
}
