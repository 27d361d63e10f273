using System.Globalization;
using Campaigns.Peers.Draws;
using Campaigns.Peers.Postgres;
using Campaigns.Peers.Redis;
using Campaigns.Peers.Runtime;

namespace Campaigns.Peers;

/// <summary>Which store belongs to which mode.</summary>
internal static class PeerStores
{
    /// <summary>Adds what the store needs to the host, and makes it once the host is built.</summary>
    /// <param name="argument">Redis: its port. PostgreSQL and Orleans: a connection string.</param>
    public static async Task<Func<IServiceProvider, IDrawStore?>> AddAsync(
        WebApplicationBuilder builder, string mode, string argument)
    {
        switch (mode)
        {
            case "noop":
                return _ => null;
            case "redis":
                var redis = await RedisDraws.ConnectAsync(int.Parse(argument, CultureInfo.InvariantCulture));
                return _ => redis;
            case "postgres-counter":
                var counter = await CounterDraws.ConnectAsync(argument);
                return _ => counter;
            case "postgres-skip-locked":
                var packets = await SkipLockedDraws.ConnectAsync(argument);
                return _ => packets;
            case "orleans-state":
                return await StatePeer.AddAsync(builder, argument);
            default:
                throw new ArgumentException($"There is no peer '{mode}'.", nameof(mode));
        }
    }
}
