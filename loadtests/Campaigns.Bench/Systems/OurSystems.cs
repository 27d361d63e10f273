namespace Campaigns.Bench.Systems;

/// <summary>Draws from one pool of our host.</summary>
internal sealed class OurDraws(string name, CampaignHost host, (string, int)[] servers) : BenchSystem
{
    /// <summary>One more packet, for the draw that wakes the pool.</summary>
    private const int Touched = 1;

    private readonly Dictionary<string, long> _before = [];

    public override string Name => name;

    public override int Port => host.Port;

    public override IReadOnlyList<(string Name, int Id)> Processes => [("server", host.ProcessId), .. servers];

    public override async Task PrepareAsync(string campaign, int users)
    {
        await host.LaunchAsync(campaign, Documents.Pool(campaign, users + Touched, Budget(users + Touched)));
        await host.TouchAsync(Path(campaign), "touch-" + campaign);
        _before[campaign] = await host.IssuedAsync(campaign, "cash");
    }

    /// <summary>The audit knows money, not claims; each has at least a fen.</summary>
    public override async Task<StoredCount?> CountAsync(string campaign) =>
        new(-1, await host.IssuedAsync(campaign, "cash") - _before[campaign]);

    public override ValueTask DisposeAsync() => host.DisposeAsync();
}

/// <summary>Check-ins by users whom our host has never seen; nothing else writes check-ins to its database.</summary>
internal sealed class OurCheckIns(
    string name, CampaignHost host, PostgresServer postgres, string database) : BenchSystem
{
    private readonly Dictionary<string, StoredCount> _before = [];

    public override string Name => name;

    public override int Port => host.Port;

    public override IReadOnlyList<(string Name, int Id)> Processes =>
        [("server", host.ProcessId), ("postgres", postgres.ProcessId)];

    public override string Proof => "\"streak\":1,";

    public override string Path(string campaign) =>
        $"/v1/campaigns/{campaign}/activities/{Documents.CheckIn}/check-ins";

    public override async Task PrepareAsync(string campaign, int users)
    {
        await host.LaunchAsync(campaign, Documents.CheckIns(campaign));
        await host.TouchAsync(Path(campaign), "touch-" + campaign);
        _before[campaign] = await postgres.CheckInsAsync(database);
    }

    public override async Task<StoredCount?> CountAsync(string campaign)
    {
        var (now, before) = (await postgres.CheckInsAsync(database), _before[campaign]);
        return new StoredCount(now.Claims - before.Claims, now.Amount - before.Amount);
    }

    public override ValueTask DisposeAsync() => host.DisposeAsync();
}
