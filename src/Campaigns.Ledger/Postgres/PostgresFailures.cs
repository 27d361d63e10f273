using System.Net.Sockets;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

internal static class PostgresFailures
{
    /// <summary>The database was not reached, did not answer in time, or is closing down.</summary>
    public static bool IsConnection(Exception failure) => failure
        is NpgsqlException or IOException or SocketException or TimeoutException or OperationCanceledException
        or ObjectDisposedException;

    /// <summary>
    /// A statement or a row that the server will never take: wrong syntax, missing table or right (class 42), data out
    /// of its type's range (class 22). Trying again is of no use, so it has to be loud.
    /// </summary>
    public static bool IsBug(Exception failure) =>
        failure is PostgresException refusal
        && (refusal.SqlState.StartsWith("42", StringComparison.Ordinal)
            || refusal.SqlState.StartsWith("22", StringComparison.Ordinal));

    /// <summary>
    /// Runs a read; failing for lack of the database becomes <see cref="LedgerUnavailableException"/>.
    /// </summary>
    public static async ValueTask<T> GuardAsync<T>(Func<Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            return await read();
        }
        catch (Exception failure) when (IsConnection(failure) && !IsBug(failure))
        {
            cancellation.ThrowIfCancellationRequested();
            throw new LedgerUnavailableException($"PostgreSQL: {failure.Message}", failure);
        }
    }
}
