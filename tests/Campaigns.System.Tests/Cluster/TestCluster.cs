using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Cluster;

/// <summary>
/// Three silos and two gateways, a process and an address 127.0.0.x each, on a PostgreSQL of their own. Tests of a
/// class share one and leave it whole; a class that is skipped starts none.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    public const int Silos = 3;

    private readonly Dictionary<int, HostProcess> _silos = [];
    private readonly List<HostProcess> _gateways = [];
    private readonly Dictionary<int, (int Silo, int Gateway)> _ports = [];
    private PostgresStore? _store;

    /// <summary>How many silos are started; the usual number unless a test needs less.</summary>
    public int SiloCount { get; init; } = Silos;

    public int GatewayCount { get; init; } = 2;

    /// <summary>Settings of all processes beside those that tell them apart.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Where the silos' addresses begin; a cluster that starts anew elsewhere moves on.</summary>
    private int _firstAddress = 11;

    internal PostgresStore Store => _store!;

    internal IReadOnlyList<HostProcess> Fronts => _gateways;

    internal HostProcess Silo(int number) => _silos[number];

    /// <summary>Where a silo takes gateways.</summary>
    internal IPEndPoint GatewayPort(int number) => new(IPAddress.Parse(AddressOf(number)), _ports[number].Gateway);

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Starts it unless another test has.</summary>
    public async Task EnsureAsync()
    {
        if (_store is null)
        {
            _store = await PostgresStore.CreateToKillAsync();
            foreach (var (name, value) in Settings)
            {
                _store.Settings[name] = value;
            }

            await StartAllAsync();
        }
    }

    /// <summary>A client that goes round the gateways.</summary>
    internal Api Client(int connections = 128) =>
        new([.. _gateways.Select(gateway => gateway.Address)], Store.Tokens, connections);

    internal Api ClientOf(int gateway) => new(_gateways[gateway].Address, Store.Tokens);

    /// <summary>The silo under this number, at the address and ports that it had before.</summary>
    public Task StartSiloAsync(int number) => StartSiloAsync(number, []);

    public async Task StartSiloAsync(int number, Dictionary<string, string> more)
    {
        var settings = SettingsOfSilo(number);
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        var silo = await HostProcess.StartRoleAsync("silo", settings);
        lock (_silos)
        {
            _silos[number] = silo;
        }
    }

    public async Task KillSiloAsync(int number)
    {
        await _silos[number].DisposeAsync();
        _silos.Remove(number);
    }

    /// <summary>SIGTERM; the exit code must be 0.</summary>
    public async Task StopSiloAsync(int number)
    {
        (await _silos[number].StopAsync()).ShouldBe(0, _silos[number].Log);
        await KillSiloAsync(number);
    }

    /// <summary>kill -9 of everything but the database.</summary>
    public async Task KillAllAsync()
    {
        foreach (var process in _silos.Values.Concat(_gateways))
        {
            await process.DisposeAsync();
        }

        _silos.Clear();
        _gateways.Clear();
    }

    /// <summary>As after a loss of all machines: nobody comes back to an address that the membership knows.</summary>
    public Task StartElsewhereAsync()
    {
        _firstAddress += 10;
        _ports.Clear();
        return StartAllAsync();
    }

    /// <summary>Conservation and chains, from the database alone.</summary>
    public async Task ShouldBeBalancedAsync()
    {
        var audited = await Store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
        audited.Output.ShouldContain("balanced");
    }

    public async Task DisposeAsync()
    {
        await KillAllAsync();
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    private async Task StartAllAsync()
    {
        // The first one migrates; the others find that done.
        await StartSiloAsync(0);
        var gateways = Enumerable.Range(0, GatewayCount)
            .Select(number => HostProcess.StartRoleAsync("gateway", SettingsOfGateway(number)))
            .ToList();
        await Task.WhenAll(Enumerable.Range(1, SiloCount - 1).Select(StartSiloAsync));
        _gateways.AddRange(await Task.WhenAll(gateways));
    }

    private Dictionary<string, string> SettingsOfSilo(int number)
    {
        var address = AddressOf(number);
        if (!_ports.TryGetValue(number, out var ports))
        {
            _ports[number] = ports = (FreePort(address), FreePort(address));
        }

        return new Dictionary<string, string>(Store.Settings)
        {
            ["Campaigns__Urls"] = $"http://{address}:0",
            ["Campaigns__Cluster__AdvertisedAddress"] = address,
            ["Campaigns__Cluster__SiloName"] = string.Create(CultureInfo.InvariantCulture, $"silo-{number}"),
            ["Campaigns__Cluster__SiloPort"] = ports.Silo.ToString(CultureInfo.InvariantCulture),
            ["Campaigns__Cluster__GatewayPort"] = ports.Gateway.ToString(CultureInfo.InvariantCulture),
        };
    }

    private string AddressOf(int silo) =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.{_firstAddress + silo}");

    private Dictionary<string, string> SettingsOfGateway(int number) => new(Store.Settings)
    {
        ["Campaigns__Urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.{2 + number}:0"),
    };

    /// <summary>Below the ports of outgoing connections, so that nobody is given it while its silo is away.</summary>
    private static int FreePort(string address)
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Parse(address), port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken by somebody else.
            }
        }

        throw new InvalidOperationException($"No free port on {address} between 20000 and 32000.");
    }
}
