using System.Collections.Concurrent;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>The few connections that write the journal: opened once and kept, thrown away after a failure.</summary>
internal sealed class JournalConnections(NpgsqlDataSource source, int limit) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(limit);
    private readonly ConcurrentBag<JournalConnection> _idle = [];

    public async Task<JournalConnection> RentAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        if (_idle.TryTake(out var idle))
        {
            return idle;
        }

        try
        {
            return new JournalConnection(await source.OpenConnectionAsync(cancellation));
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    public async Task ReturnAsync(JournalConnection connection, bool sound)
    {
        try
        {
            if (sound)
            {
                _idle.Add(connection);
            }
            else
            {
                await connection.Connection.DisposeAsync();
            }
        }
        finally
        {
            _free.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var idle))
        {
            await idle.Connection.DisposeAsync();
        }

        _free.Dispose();
    }
}

internal sealed record JournalConnection(NpgsqlConnection Connection)
{
    public CopyBuffer Buffer { get; } = new();
}
