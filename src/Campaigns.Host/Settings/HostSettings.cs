using System.Globalization;
using Campaigns.Host.Testing;

namespace Campaigns.Host.Settings;

/// <summary>
/// What the host is told by its command line or by <c>Campaigns__NAME</c> in its environment; the command line wins.
/// </summary>
internal sealed class HostSettings
{
    public const string Section = "Campaigns";

    /// <summary>Each lane is a connection and a thread of its own; no database gains from more.</summary>
    private const int MostLanes = 64;

    /// <summary>Where the gateway listens; port 0 takes a free one.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Folder of the SQLite file and, in Development, of the secrets.</summary>
    public string Data { get; set; } = "./data";

    /// <summary>Connection string; null: the SQLite file in <see cref="Data"/>.</summary>
    public string? Postgres { get; set; }

    /// <summary>Imports the demo campaign at the first start; Development only.</summary>
    public bool Demo { get; set; } = true;

    /// <summary>False lets an operator approve its own campaign; Development only.</summary>
    public bool Approval { get; set; } = true;

    /// <summary>False lets several hosts share a database, for tests of the journal's fence.</summary>
    public bool Lease { get; set; } = true;

    /// <summary>
    /// How long a starting host waits for a live one to give up the database; zero refuses to start beside it.
    /// </summary>
    public TimeSpan LeaseWait { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// Transactions of the journal under way at one time, each for its share of the streams. More than one pays where a
    /// commit waits for a remote standby.
    /// </summary>
    public int Lanes { get; set; } = 1;

    /// <summary>
    /// How long the host goes on serving after it has reported itself not ready, so that balancers look away first.
    /// </summary>
    public TimeSpan DrainDelay { get; set; } = TimeSpan.Zero;

    /// <summary>How long requests under way may take to end after that, before they are cut off.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Where anchors of the journal are left; nowhere by default.</summary>
    public AnchorSettings Anchors { get; set; } = new();

    /// <summary>For <c>silo</c> and <c>gateway</c>; <c>up</c> is a cluster of its own.</summary>
    public ClusterSettings Cluster { get; set; } = new();

    /// <summary>Where metrics and traces are sent beside <c>/metrics</c>.</summary>
    public TelemetrySettings Telemetry { get; set; } = new();

    /// <summary>Makes ledger and clock worse, for tests; Development only.</summary>
    public TestingSettings Testing { get; set; } = new();

    /// <summary>Throws <see cref="HostException"/> where a value does not have its setting's form.</summary>
    public static HostSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section.AsEnumerable().FirstOrDefault(pair => IsNegative(pair.Value)) is { Key: not null } negative)
        {
            throw new HostException($"{negative.Key} is '{negative.Value}': no number or duration is below zero here.");
        }

        var settings = Read(section);
        settings.Cluster.Check();
        if (settings.Anchors is { Any: true } anchors && anchors.Every == TimeSpan.Zero)
        {
            throw new HostException($"{Section}:{nameof(Anchors)}:{nameof(anchors.Every)} is zero.");
        }

        return settings.Lanes is >= 1 and <= MostLanes
            ? settings
            : throw new HostException($"{Section}:{nameof(Lanes)} is {settings.Lanes}: it goes from 1 to {MostLanes}.");
    }

    private static HostSettings Read(IConfigurationSection section)
    {
        try
        {
            return section.Get<HostSettings>() ?? new HostSettings();
        }
        catch (InvalidOperationException failure)
        {
            throw new HostException(failure.Message);
        }
    }

    private static bool IsNegative(string? value) =>
        (long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number < 0)
        || (TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var duration) && duration < TimeSpan.Zero);
}
