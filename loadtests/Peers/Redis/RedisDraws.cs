using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Campaigns.Peers.Draws;

namespace Campaigns.Peers.Redis;

/// <summary>
/// The usual fast way: a list of amounts that were split before, a hash of who has what, and a script that makes both
/// one step.
/// </summary>
internal sealed class RedisDraws : IDrawStore, IDisposable
{
    private const long Won = 1;
    private const long AlreadyDrawn = 2;
    private const int FillAtOnce = 500;

    private const string DrawScript =
        "local had = redis.call('HGET', KEYS[2], ARGV[1]) if had then return {2, tonumber(had)} end "
        + "local amount = redis.call('LPOP', KEYS[1]) if not amount then return {3, 0} end "
        + "redis.call('HSET', KEYS[2], ARGV[1], amount) return {1, tonumber(amount)}";

    private const string CountScript =
        "local sum = 0 local values = redis.call('HVALS', KEYS[1]) "
        + "for _, value in ipairs(values) do sum = sum + tonumber(value) end return {#values, sum}";

    private readonly RespConnection _redis;
    private readonly string _sha = NameOf(DrawScript);

    private RedisDraws(RespConnection redis) => _redis = redis;

    public static async Task<RedisDraws> ConnectAsync(int port)
    {
        var draws = new RedisDraws(new RespConnection(port));
        await draws.CallAsync("SCRIPT", "LOAD", DrawScript);
        return draws;
    }

    public void Dispose() => _redis.Dispose();

    public async Task FillAsync(string pool, long[] amounts)
    {
        foreach (var some in amounts.Chunk(FillAtOnce))
        {
            await CallAsync(
                ["RPUSH", Packets(pool), .. some.Select(amount => amount.ToString(CultureInfo.InvariantCulture))]);
        }
    }

    public async ValueTask<Drawn> DrawAsync(string pool, string user)
    {
        var reply = Checked(await _redis.SendAsync((_sha, pool, user), static (to, draw) =>
        {
            Resp.Start(to, 6);
            Resp.Word(to, "EVALSHA");
            Resp.Word(to, draw._sha);
            Resp.Word(to, "2");
            Resp.Word(to, "{", draw.pool, "}:packets");
            Resp.Word(to, "{", draw.pool, "}:claims");
            Resp.Word(to, draw.user);
        }));
        return reply.First switch
        {
            Won => new Drawn(DrawOutcome.Won, reply.Second),
            AlreadyDrawn => new Drawn(DrawOutcome.AlreadyDrawn, reply.Second),
            _ => new Drawn(DrawOutcome.Exhausted, 0),
        };
    }

    public async Task<PoolCount> CountAsync(string pool)
    {
        var reply = await CallAsync("EVAL", CountScript, "1", Claims(pool));
        return new PoolCount(reply.First, reply.Second);
    }

    [SuppressMessage("Security", "CA5350", Justification = "Redis names its scripts by SHA-1.")]
    private static string NameOf(string script) =>
        Convert.ToHexStringLower(SHA1.HashData(Encoding.ASCII.GetBytes(script)));

    private static string Packets(string pool) => $"{{{pool}}}:packets";

    private static string Claims(string pool) => $"{{{pool}}}:claims";

    private static RespReply Checked(RespReply reply) =>
        reply.Error is { } error ? throw new InvalidOperationException("Redis: " + error) : reply;

    private async Task<RespReply> CallAsync(params string[] words) =>
        Checked(await _redis.SendAsync(words, static (to, words) =>
        {
            Resp.Start(to, words.Length);
            foreach (var word in words)
            {
                Resp.Word(to, word);
            }
        }));
}
