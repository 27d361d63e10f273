using System.Net;
using Campaigns.Host.Settings;
using Campaigns.Ledger.Postgres;
using Orleans.Configuration;

namespace Campaigns.Host.Hosting;

/// <summary>Joins a cluster of Orleans whose membership, reminders and grain storage are on PostgreSQL.</summary>
internal static class ClusterHosting
{
    private const string Invariant = "Npgsql";

    /// <summary>Longer than a gateway waits for any call; what takes longer is asked again.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Between two tries of a gateway that started before the silos.</summary>
    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Every command of a cluster is built in here.</summary>
    public static void Require(string command)
    {
    }

    public static void AddClusterSilo(this WebApplicationBuilder builder, HostSettings settings)
    {
        var cluster = settings.Cluster;
        var database = Connection(settings, "silo");
        var tls = ClusterTls.Read(cluster.Tls);
        builder.UseOrleans(silo =>
        {
            silo.AddCampaignDefaults(cluster);
            silo.Configure<ClusterOptions>(options => Identify(options, cluster));
            silo.Configure<SiloOptions>(options => options.SiloName = cluster.SiloName ?? options.SiloName);
            silo.Configure<EndpointOptions>(options => Place(options, cluster));
            silo.Configure<ClusterMembershipOptions>(options => Watch(options, cluster));
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = CallTimeout);
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, database));
            silo.UseAdoNetReminderService(
                options => (options.Invariant, options.ConnectionString) = (Invariant, database));
            silo.AddAdoNetGrainStorageAsDefault(
                options => (options.Invariant, options.ConnectionString) = (Invariant, database));
            tls?.Protect(silo);
            if (cluster.DistributedDirectory)
            {
#pragma warning disable ORLEANSEXP003 // Chosen by a setting, for those who have measured it.
                silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
            }
        });
    }

    public static void AddClusterClient(this WebApplicationBuilder builder, HostSettings settings)
    {
        var cluster = settings.Cluster;
        var database = Connection(settings, "gateway");
        var tls = ClusterTls.Read(cluster.Tls);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => Identify(options, cluster));
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = cluster.GatewayRefresh);
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = CallTimeout);
            client.UseAdoNetClustering(
                options => (options.Invariant, options.ConnectionString) = (Invariant, database));
            client.UseConnectionRetryFilter(async (_, stop) =>
            {
                await Task.Delay(ConnectPause, TimeProvider.System, stop);
                return true;
            });
            client.AddOutgoingGrainCallFilter<RepeatedCalls>();
            client.Services.AddStrictSerializer();
            tls?.Protect(client);
        });
    }

    private static void Identify(ClusterOptions options, ClusterSettings cluster) =>
        (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId);

    private static void Place(EndpointOptions options, ClusterSettings cluster)
    {
        (options.SiloPort, options.GatewayPort) = (cluster.SiloPort, cluster.GatewayPort);
        if (cluster.AdvertisedAddress is not null)
        {
            options.AdvertisedIPAddress = Address(cluster.AdvertisedAddress);
        }
    }

    /// <summary>
    /// A silo that died is out within some ten seconds; one whose row says that it lives but has not said so for nine
    /// is no reason for a new one to wait. One that was stopped and goes on reads within five that it is out.
    /// </summary>
    private static void Watch(ClusterMembershipOptions options, ClusterSettings cluster)
    {
        options.ProbeTimeout = cluster.ProbeTimeout;
        options.NumMissedProbesLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(3);
        options.NumMissedTableIAmAliveLimit = 3;
    }

    private static IPAddress Address(string text) => IPAddress.TryParse(text, out var address)
        ? address
        : throw new HostException($"{HostSettings.Section}:Cluster:AdvertisedAddress '{text}' is not an IP address.");

    private static string Connection(HostSettings settings, string command)
    {
        var text = settings.Cluster.Postgres ?? settings.Postgres ?? throw new HostException(
            $"'{command}' needs PostgreSQL: give --postgres \"CONNECTION STRING\".");
        try
        {
            var connection = PostgresConnectionString.Parse(text);
            connection.ApplicationName = "campaigns cluster";
            return connection.ConnectionString;
        }
        catch (ArgumentException failure)
        {
            throw new HostException("the connection string of PostgreSQL cannot be used: " + failure.Message);
        }
    }
}
