using System.Net.Sockets;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

internal static class PostgresFailures
{
    /// <summary>The database was not reached, did not answer in time, or is closing down.</summary>
    public static bool IsConnection(Exception failure) => failure
        is NpgsqlException or IOException or SocketException or TimeoutException or OperationCanceledException
        or ObjectDisposedException;

    /// <summary>Runs a read; failing for lack of the database becomes <see cref="LedgerUnavailableException"/>.</summary>
    public static async ValueTask<T> GuardAsync<T>(Func<Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            return await read();
        }
        catch (Exception failure) when (
            IsConnection(failure) && !IsBug(failure) && !cancellation.IsCancellationRequested)
        {
            throw new LedgerUnavailableException($"PostgreSQL: {failure.Message}", failure);
        }
    }

    /// <summary>A statement that can never work: wrong syntax, missing table or right.</summary>
    private static bool IsBug(Exception failure) =>
        failure is PostgresException refusal && refusal.SqlState.StartsWith("42", StringComparison.Ordinal);
}
