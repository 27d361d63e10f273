namespace Campaigns.Host.Settings;

/// <summary>Section <c>Campaigns:Cluster</c>: how silos and gateways find and reach each other.</summary>
internal sealed class ClusterSettings
{
    /// <summary>How often a silo looks for idle grains: none of them can go sooner.</summary>
    public static readonly TimeSpan IdleLook = TimeSpan.FromMinutes(1);

    /// <summary>Silos and gateways of the same id form one cluster; a new one at each blue-green change.</summary>
    public string ClusterId { get; set; } = "campaigns";

    /// <summary>Names the service over all its clusters: reminders and grain storage belong to it. Keep it.</summary>
    public string ServiceId { get; set; } = "campaigns";

    /// <summary>
    /// Connection string of the database that holds the membership; null: that of the journal. A gateway needs no other
    /// and no more than SELECT there.
    /// </summary>
    public string? Postgres { get; set; }

    /// <summary>Name of this silo in logs and membership; null: one made up at each start.</summary>
    public string? SiloName { get; set; }

    /// <summary>
    /// IP address under which others reach this silo, and on which it listens; null: the machine's own.
    /// </summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>For other silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>For gateways.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>
    /// How long a silo may take to answer a probe of another. Three that are missed and the votes of two others end it:
    /// about ten seconds after it died.
    /// </summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a gateway asks which silos there are.</summary>
    public TimeSpan GatewayRefresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an idle grain stays in memory: most users come once in a night.</summary>
    public TimeSpan IdleAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The same for pools and stocks, whose next caller must not wait for a load.</summary>
    public TimeSpan IdlePoolAge { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Takes Orleans' directory of grains that follows the membership's versions, a newer one.</summary>
    public bool DistributedDirectory { get; set; }

    /// <summary>TLS between silos and from gateways; off without a certificate.</summary>
    public ClusterTlsSettings Tls { get; set; } = new();

    /// <summary>Throws <see cref="HostException"/> where a silo or gateway could not work by a value.</summary>
    public void Check()
    {
        Require(ClusterId.Length > 0 && ServiceId.Length > 0, "ClusterId and ServiceId must not be empty");
        Require(IsPort(SiloPort) && IsPort(GatewayPort), "SiloPort and GatewayPort must be from 1 to 65535");
        Require(SiloPort != GatewayPort, "SiloPort and GatewayPort must differ");
        Require(
            ProbeTimeout > TimeSpan.Zero && GatewayRefresh > TimeSpan.Zero,
            "ProbeTimeout and GatewayRefresh must not be zero");
        Require(IdleAge > IdleLook && IdlePoolAge > IdleLook, "IdleAge and IdlePoolAge must be over a minute");
    }

    private static bool IsPort(int number) => number is >= 1 and <= 65_535;

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new HostException($"{HostSettings.Section}:{nameof(HostSettings.Cluster)}: {rule}.");
        }
    }
}

/// <summary>PEM files; each side shows its certificate and wants one of the same authority.</summary>
internal sealed class ClusterTlsSettings
{
    /// <summary>This process's certificate, for server and client use; null: no TLS.</summary>
    public string? Certificate { get; set; }

    /// <summary>Its private key.</summary>
    public string? Key { get; set; }

    /// <summary>The authority that signed the certificates of the cluster.</summary>
    public string? Authority { get; set; }
}
