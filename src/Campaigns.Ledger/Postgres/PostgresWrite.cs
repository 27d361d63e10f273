using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>
/// One transaction of the journal. What its outcome is called depends on whether its end was sent when it failed:
/// before, the server can only undo it; after, only an answer of the server tells.
/// </summary>
internal sealed class PostgresWrite(JournalConnections connections, TimeSpan timeout)
{
    private bool _endWasSent;

    public async Task<WriteOutcome> RunAsync(IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            await using var rented = await connections.RentAsync(limit.Token);
            await CopyAsync(rented, batch, limit.Token);
            rented.Keep();
            return WriteOutcome.Committed;
        }
        catch (PostgresException refusal) when (!PostgresFailures.IsBug(refusal))
        {
            return Classify(refusal);
        }
        catch (Exception failure) when (failure is not PostgresException && PostgresFailures.IsConnection(failure))
        {
            return _endWasSent ? WriteOutcome.Unknown : WriteOutcome.NotWritten;
        }
    }

    /// <summary>
    /// BEGIN travels with the COPY; COMMIT costs a round trip, and buys that a COPY which ends early, for whatever
    /// reason, can never be taken for a whole one.
    /// </summary>
    private async Task CopyAsync(JournalConnection rented, IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        rented.Buffer.Fill(batch);
        var transaction = await rented.Connection.BeginTransactionAsync(cancellation);
        await using (var copy = await rented.Connection.BeginRawBinaryCopyAsync(CopyBuffer.Copy, cancellation))
        {
            await copy.WriteAsync(rented.Buffer.Written, cancellation);
        }

        _endWasSent = true;
        await transaction.CommitAsync(cancellation);
    }

    private WriteOutcome Classify(PostgresException refusal)
    {
        // A backend that dies may have committed before it said so; one that goes on has undone what it refused.
        if (_endWasSent && refusal.InvariantSeverity is not "ERROR")
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
