namespace Campaigns.Grains;

/// <summary>Bounds and ages of the silo's grains.</summary>
public sealed class GrainOptions
{
    /// <summary>
    /// How long a caller waits for durability before it is told to ask again; the commit stays pending.
    /// </summary>
    public TimeSpan DurabilityWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Entries behind the last snapshot after which a new one is taken; bounds what a reload replays.
    /// </summary>
    public int SnapshotEvery { get; set; } = 20_000;

    /// <summary>
    /// Entries behind the last snapshot at which a grain that goes to sleep takes one; below it the replay is cheaper
    /// than the write.
    /// </summary>
    public int SnapshotOnSleep { get; set; } = 64;

    /// <summary>Recent entries that a pool keeps to answer retries without reading the database.</summary>
    public int RecentEntries { get; set; } = 4_096;

    /// <summary>True lets an author approve a campaign of its own; Development only.</summary>
    public bool SelfApproval { get; set; }

    /// <summary>
    /// How often an awake pool looks for rounds whose rest goes back to the budget, and a silo for campaigns that are
    /// over.
    /// </summary>
    public TimeSpan SettlementInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a stock looks for holds that have ended.</summary>
    public TimeSpan ExpiryInterval { get; set; } = TimeSpan.FromSeconds(1);
}
