using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Targets;

namespace Campaigns.LoadTests.Tests.Live;

/// <summary>One host on a file, for all runs that leave it alone.</summary>
public sealed class LiveHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("campaigns-load-tests-").FullName;
    private readonly List<HostProcess> _hosts = [];

    public async Task InitializeAsync()
    {
        var host = new HostProcess(HostProgram.Find(null), _folder, null, new Dictionary<string, string>());
        _hosts.Add(host);
        await host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    public Task KillAsync() => _hosts[0].KillAsync();

    /// <summary>A short run against this host; a shared machine may take its time to answer.</summary>
    internal LoadOptions Options(string scenario) => new()
    {
        Scenario = scenario,
        Rate = 60,
        Duration = TimeSpan.FromSeconds(2),
        WarmUp = TimeSpan.FromSeconds(1),
        Target = _hosts[0].Address.ToString(),
        Data = _folder,
        MaxP99 = 20_000,
        MaxFailed = 100,
    };
}
