using System.Globalization;

namespace Campaigns.Host.LocalCluster;

/// <summary>Silos and gateways of one cluster as children of this process, an address 127.0.0.x each.</summary>
internal sealed class ClusterProcesses(string postgres, string data) : IAsyncDisposable
{
    /// <summary>Gateways are at 127.0.0.2 and up, silos at 127.0.0.11 and up.</summary>
    private const int FirstGateway = 2;
    private const int FirstSilo = 11;

    private readonly List<HostChild> _silos = [];
    private readonly List<HostChild> _gateways = [];

    public IEnumerable<string> Gateways => _gateways.Select(gateway => gateway.Address);

    public int SiloCount => _silos.Count;

    /// <summary>Returns once every one of them is ready.</summary>
    public async Task StartAsync(int silos, int gateways, CancellationToken stop)
    {
        // The first one migrates; the others find that done.
        _silos.Add(StartSilo(0));
        await _silos[0].ReadyAsync(stop);
        _silos.AddRange(Enumerable.Range(1, silos - 1).Select(StartSilo));
        _gateways.AddRange(Enumerable.Range(0, gateways).Select(StartGateway));
        await Task.WhenAll(_silos.Concat(_gateways).Select(child => child.ReadyAsync(stop)));
    }

    /// <summary>Until it is cancelled; throws <see cref="HostException"/> once one of them has ended.</summary>
    public async Task WatchAsync(CancellationToken stop)
    {
        var ended = await await Task.WhenAny(_silos.Concat(_gateways).Select(child => child.EndedAsync(stop)));
        throw new HostException($"{ended} has ended.");
    }

    /// <summary>Gateways first, so that what they took finds silos that answer.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_gateways.Select(child => child.StopAsync()));
        await Task.WhenAll(_silos.Select(child => child.StopAsync()));
    }

    private HostChild StartSilo(int number)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.{FirstSilo + number}");
        return Start("silo", number, new()
        {
            ["Campaigns__Urls"] = $"http://{address}:0",
            ["Campaigns__Cluster__AdvertisedAddress"] = address,
            ["Campaigns__Cluster__SiloPort"] = FreePort.On(address).ToString(CultureInfo.InvariantCulture),
            ["Campaigns__Cluster__GatewayPort"] = FreePort.On(address).ToString(CultureInfo.InvariantCulture),
        });
    }

    private HostChild StartGateway(int number)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.{FirstGateway + number}");
        return Start("gateway", number, new() { ["Campaigns__Urls"] = $"http://{address}:{FreePort.On(address)}" });
    }

    private HostChild Start(string role, int number, Dictionary<string, string> settings)
    {
        settings["Campaigns__Postgres"] = postgres;
        settings["Campaigns__Data"] = data;
        return HostChild.Start(role, $"{role} {number}", settings);
    }
}
