using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Campaigns.Grains.Tests;

/// <summary>The grain runtime that this build of the tests runs on.</summary>
internal static class SiloRuntime
{
    public const string Name = "Orleans";

    public static void Add(HostApplicationBuilder builder) => builder.UseOrleans(silo =>
        silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "tests", clusterId: "tests"));

    /// <summary>A silo without grains of ours, with everything that providers keep on PostgreSQL.</summary>
    public static void AddOn(HostApplicationBuilder builder, string connection) => builder.UseOrleans(silo =>
    {
        silo.ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort());
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("tests", "tests"));
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection));
        silo.UseAdoNetReminderService(
            options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection));
        silo.AddAdoNetGrainStorageAsDefault(
            options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection));
    });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
