using System.Net.Http.Json;

namespace Campaigns.Bench.Systems;

/// <summary>One mode of Campaigns.Peers.</summary>
internal sealed class Peer : BenchSystem
{
    private readonly ChildProcess _process;
    private readonly HttpClient _http;
    private readonly bool _stores;
    private readonly IReadOnlyList<(string Name, int Id)> _servers;
    private readonly IAsyncDisposable? _owned;

    private Peer(
        string name, ChildProcess process, Uri address, bool stores, (string, int)[] servers, IAsyncDisposable? owned)
    {
        Name = name;
        _process = process;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        _stores = stores;
        _servers = servers;
        _owned = owned;
    }

    public override string Name { get; }

    public override int Port => _http.BaseAddress!.Port;

    public override IReadOnlyList<(string Name, int Id)> Processes => [("server", _process.Id), .. _servers];

    public static Task<Peer> NoopAsync(string keyFile, string name) =>
        StartAsync(name, "noop", keyFile, "", stores: false, [], null);

    public static async Task<Peer> RedisAsync(string keyFile, string folder, string name, string fsync)
    {
        var redis = await RedisServer.StartAsync(folder, fsync);
        return await StartAsync(
            name, "redis", keyFile, Text(redis.Port), stores: true, [("redis", redis.ProcessId)], redis);
    }

    public static async Task<Peer> PostgresAsync(string keyFile, PostgresServer postgres, string name, string mode)
    {
        var database = await postgres.CreateDatabaseAsync(mode.Replace('-', '_'));
        return await StartAsync(
            name, mode, keyFile, database, stores: true, [("postgres", postgres.ProcessId)], null);
    }

    public override async Task PrepareAsync(string campaign, int users)
    {
        if (_stores)
        {
            using var filled = await _http.PutAsync(
                $"/pools/{campaign}/{Activity}?count={users}&total={Budget(users)}", null);
            filled.EnsureSuccessStatusCode();
        }
    }

    public override async Task<StoredCount?> CountAsync(string campaign) =>
        _stores ? await _http.GetFromJsonAsync<StoredCount>($"/pools/{campaign}/{Activity}") : null;

    public override async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
        if (_owned is not null)
        {
            await _owned.DisposeAsync();
        }
    }

    private static async Task<Peer> StartAsync(
        string name,
        string mode,
        string keyFile,
        string argument,
        bool stores,
        (string, int)[] servers,
        IAsyncDisposable? owned)
    {
        var process = new ChildProcess("dotnet", Programs.Peer(mode, keyFile, argument));
        return new Peer(name, process, await process.ReadyAsync(), stores, servers, owned);
    }
}
