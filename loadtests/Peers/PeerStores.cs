using Campaigns.Peers.Draws;
using Campaigns.Peers.Postgres;
using Campaigns.Peers.Redis;

namespace Campaigns.Peers;

/// <summary>Which store belongs to which mode.</summary>
internal sealed class PeerStores : IAsyncDisposable
{
    private readonly IDrawStore? _store;

    private PeerStores(IDrawStore? store) => _store = store;

    /// <param name="argument">Redis: its port. PostgreSQL: a connection string.</param>
    public static async Task<PeerStores> AddAsync(WebApplicationBuilder builder, string mode, string argument)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new PeerStores(mode switch
        {
            "noop" => null,
            "redis" => await RedisDraws.ConnectAsync(
                int.Parse(argument, System.Globalization.CultureInfo.InvariantCulture)),
            "postgres-counter" => await CounterDraws.ConnectAsync(argument),
            "postgres-skip-locked" => await SkipLockedDraws.ConnectAsync(argument),
            _ => throw new ArgumentException($"There is no peer '{mode}'.", nameof(mode)),
        });
    }

    /// <summary>Null for the peer that keeps nothing.</summary>
    public IDrawStore? Store(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return _store;
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }

        (_store as IDisposable)?.Dispose();
    }
}
