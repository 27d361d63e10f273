using System.Net;
using System.Net.Sockets;
using Campaigns.Host.Settings;
using Orleans.Configuration;

namespace Campaigns.Host.Hosting;

/// <summary>Runs the grains in a silo of Microsoft Orleans inside this process, a cluster of its own.</summary>
internal static class GrainRuntimeHosting
{
    public const string Name = "Orleans";

    public static void AddGrainRuntime(this WebApplicationBuilder builder, HostSettings settings) =>
        builder.UseOrleans(silo =>
        {
            silo.AddCampaignDefaults(settings.Cluster);

            // Nobody else joins this cluster, so any free port will do; gateway port 0: no clients from outside.
            var port = FreePort();
            silo.UseLocalhostClustering(siloPort: port, gatewayPort: 0);
            silo.Configure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress = IPAddress.Loopback);
        });

    /// <summary>Whether a start failed for a setting that the runtime cannot work by.</summary>
    public static bool IsRefusal(Exception failure) => failure is OrleansConfigurationException;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
