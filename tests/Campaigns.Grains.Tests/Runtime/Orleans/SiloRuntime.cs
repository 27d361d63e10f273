using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace Campaigns.Grains.Tests;

/// <summary>The grain runtime that this build of the tests runs on.</summary>
internal static class SiloRuntime
{
    public const string Name = "Orleans";

    public static void Add(HostApplicationBuilder builder) => builder.UseOrleans(silo =>
        silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "tests", clusterId: "tests"));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
