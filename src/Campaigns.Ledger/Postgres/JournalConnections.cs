using System.Collections.Concurrent;
using System.Data;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>The few connections that write the journal: opened once and kept, thrown away after any failure.</summary>
internal sealed class JournalConnections(NpgsqlDataSource source, int limit) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(limit);
    private readonly ConcurrentBag<JournalConnection> _idle = [];
    private volatile bool _closed;

    /// <summary>Waits while all are in use. The caller disposes of it and says before whether it may be kept.</summary>
    public async Task<JournalConnection> RentAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            while (_idle.TryTake(out var idle))
            {
                if (idle.Connection.FullState == ConnectionState.Open)
                {
                    return idle;
                }

                await idle.CloseAsync();
            }

            return await OpenAsync(cancellation);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        while (_idle.TryTake(out var idle))
        {
            await idle.CloseAsync();
        }
    }

    private async Task<JournalConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        var journal = new JournalConnection(connection, new InsertCommand(connection), ReturnAsync);
        try
        {
            await journal.Insert.PrepareAsync(cancellation);
            return journal;
        }
        catch
        {
            await journal.CloseAsync();
            throw;
        }
    }

    private async ValueTask ReturnAsync(JournalConnection connection, bool keep)
    {
        try
        {
            if (keep && !_closed)
            {
                _idle.Add(connection);
            }
            else
            {
                await connection.CloseAsync();
            }
        }
        catch (Exception failure) when (PostgresFailures.IsConnection(failure))
        {
            // It goes either way; what it was used for has its outcome already.
        }
        finally
        {
            _free.Release();
        }
    }
}

/// <summary>A connection with its prepared insert; disposing of it gives it back.</summary>
internal sealed class JournalConnection(
    NpgsqlConnection connection, InsertCommand insert, Func<JournalConnection, bool, ValueTask> giveBack)
    : IAsyncDisposable
{
    private bool _keep;

    public NpgsqlConnection Connection => connection;

    public InsertCommand Insert => insert;

    /// <summary>All went well: the connection may serve again.</summary>
    public void Keep() => _keep = true;

    public ValueTask CloseAsync()
    {
        insert.Dispose();
        return connection.DisposeAsync();
    }

    public ValueTask DisposeAsync()
    {
        var keep = _keep;
        _keep = false;
        return giveBack(this, keep);
    }
}
