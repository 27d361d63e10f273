namespace Campaigns.Host.Settings;

/// <summary>
/// What the host is told by its command line or by <c>Campaigns__NAME</c> in its environment; the command line wins.
/// </summary>
internal sealed class HostSettings
{
    public const string Section = "Campaigns";

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
    /// Transactions of the journal under way at one time, each for its share of the streams. More than one pays where a
    /// commit waits for a remote standby.
    /// </summary>
    public int Lanes { get; set; } = 1;

    /// <summary>How long requests under way may take to end once the host was told to stop.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long the host goes on serving after it has reported itself not ready, so that balancers look away first.
    /// </summary>
    public TimeSpan DrainDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Throws <see cref="HostException"/> where a value does not have its setting's form.</summary>
    public static HostSettings From(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection(Section).Get<HostSettings>() ?? new HostSettings();
        }
        catch (InvalidOperationException failure)
        {
            throw new HostException(failure.Message);
        }
    }
}
