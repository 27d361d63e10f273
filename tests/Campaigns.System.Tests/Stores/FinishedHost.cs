using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Hosts;

namespace Campaigns.System.Tests.Stores;

/// <summary>What a host has left behind: keys, and a database with the settled campaign <c>c</c>.</summary>
public sealed class FinishedHost : IAsyncLifetime
{
    private Store _store = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync(Store.Sqlite);
        await using var host = await _store.StartAsync();
        using var api = new Api(host.Address, _store.Tokens);
        await api.LaunchAsync(PoolDocument.Of("c", count: 1, total: 1));
        (await api.OperateAsync("c", "end")).Status.ShouldBe(200);
        await Eventually.ShouldBe(
            async () => (await RunAsync("verify", "c/pool", "--urls", host.Address.ToString())).ExitCode == 0);
        foreach (var (name, text) in new[]
        {
            ("document.json", PoolDocument.Of("d", count: 1, total: 1)), ("null.json", "null"), ("nameless.json", "{}"),
        })
        {
            await File.WriteAllTextAsync(Path.Combine(_store.Folder, name), text);
        }

        (await host.StopAsync()).ShouldBe(0, host.Log);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    /// <summary>A command; an argument that is a file of the store's folder is given with its path.</summary>
    internal Task<ProcessRun> RunAsync(params string[] command) => _store.CommandAsync(
        [.. command.Select(word => Path.Combine(_store.Folder, word) is var file && File.Exists(file) ? file : word)]);
}
