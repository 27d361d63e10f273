using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>
/// One transaction of the journal. What its outcome is called depends on whether its end was sent when it failed:
/// before, the server can only undo it; after, only an answer of the server tells.
/// </summary>
internal sealed class PostgresWrite(JournalConnections connections, TimeSpan timeout)
{
    private bool _endWasSent;
    private bool _sound;

    public async Task<WriteOutcome> RunAsync(IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        JournalConnection? rented = null;
        try
        {
            rented = await connections.RentAsync(limit.Token);
            await CopyAsync(rented, batch, limit.Token);
            _sound = true;
            return WriteOutcome.Committed;
        }
        catch (PostgresException refusal) when (!IsMisconfiguration(refusal))
        {
            _sound = IsOrdinary(refusal) && await RollBackAsync(rented, limit.Token);
            return Classify(refusal);
        }
        catch (Exception failure) when (PostgresFailures.IsConnection(failure))
        {
            return _endWasSent ? WriteOutcome.Unknown : WriteOutcome.NotWritten;
        }
        finally
        {
            if (rented is not null)
            {
                await connections.ReturnAsync(rented, _sound);
            }
        }
    }

    private async Task CopyAsync(JournalConnection rented, IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        rented.Buffer.Fill(batch);

        // Sent together with the COPY: it costs no round trip of its own.
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
        // A backend that dies may have committed before it said so.
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

    private static bool IsOrdinary(PostgresException refusal) => refusal.SqlState
        is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.LockNotAvailable
        or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected;

    /// <summary>Missing tables or rights do not heal: the committer has to fail loudly instead of trying for ever.</summary>
    private static bool IsMisconfiguration(PostgresException refusal) =>
        refusal.SqlState.StartsWith("42", StringComparison.Ordinal);

    private static async Task<bool> RollBackAsync(JournalConnection? rented, CancellationToken cancellation)
    {
        try
        {
            await using var rollback = new NpgsqlCommand("rollback", rented!.Connection);
            await rollback.ExecuteNonQueryAsync(cancellation);
            return true;
        }
        catch (Exception failure) when (failure is InvalidOperationException || PostgresFailures.IsConnection(failure))
        {
            return false;
        }
    }
}
