using Campaigns.Contracts;
using Campaigns.Grains.Seeds;
using Campaigns.Ledger;
using Campaigns.Ledger.GroupCommit;
using Campaigns.Ledger.Loads;
using Campaigns.Ledger.Volatile;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Campaigns.Grains.Tests;

/// <summary>The real grains and the real group committer, over a journal in memory unless another is given.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private static int _committers;
    private readonly IHost _host;
    private readonly GroupCommitter _committer;
    private readonly ILedger _ledger;
    private bool _disposed;

    private TestSilo(IHost host, GroupCommitter committer, ILedger ledger, ShiftedTime time)
    {
        _host = host;
        _committer = committer;
        _ledger = ledger;
        Time = time;
    }

    public static ChainKey ChainKey { get; } = new(new byte[32]);

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The journal in memory, for tests that disturb it.</summary>
    public VolatileLedger Ledger => (VolatileLedger)_ledger;

    /// <summary>The same journal without what a test disturbs.</summary>
    public ILedger Undisturbed => _ledger is VolatileLedger ledger ? new VolatileLedger(ledger.Journal) : _ledger;

    public ShiftedTime Time { get; }

    /// <summary>A second silo on the same journal is one that the first does not know of.</summary>
    public static Task<TestSilo> StartAsync(
        VolatileJournal? journal = null,
        ShiftedTime? time = null,
        GrainOptions? grains = null,
        GroupCommitOptions? commits = null) =>
        StartAsync(journal is null ? new VolatileLedger() : new VolatileLedger(journal), time, grains, commits);

    /// <param name="ledger">Stays the caller's.</param>
    public static async Task<TestSilo> StartAsync(
        ILedger ledger, ShiftedTime? time = null, GrainOptions? grains = null, GroupCommitOptions? commits = null)
    {
        time ??= new ShiftedTime();
        grains ??= new GrainOptions { ExpiryInterval = TimeSpan.FromMilliseconds(50) };
        var committer = new GroupCommitter(
            $"test-{Interlocked.Increment(ref _committers)}",
            new GroupCommitServices(
                ledger, ChainKey, commits ?? new GroupCommitOptions(), TimeProvider.System,
                NullLogger<GroupCommitter>.Instance, TaskScheduler.Default));
        await committer.StartAsync(CancellationToken.None);

        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(ledger);
        builder.Services.AddSingleton<ILoader>(new LoadCoalescer(ledger, new LoadOptions(), TaskScheduler.Default));
        builder.Services.AddSingleton<IGroupCommitter>(committer);
        builder.Services.AddSingleton(ChainKey);
        builder.Services.AddSingleton(new SeedVault(new byte[32]));
        SiloRuntime.Add(builder);
        builder.Services.AddCampaignGrains(grains, time);
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host, committer, ledger, time);
    }

    /// <summary>Stops this silo cleanly and starts another on its journal and clock.</summary>
    public async Task<TestSilo> RestartAsync(GrainOptions? grains = null)
    {
        await DisposeAsync();
        return await StartAsync(Undisturbed, Time, grains);
    }

    /// <summary>Creates, submits and approves a document; its id is that of the returned summary.</summary>
    public async Task<CampaignSummary> OpenAsync(Document document)
    {
        var campaign = Grains.Campaign(document.Id);
        var created = await campaign.Create(new DocumentCommand(document.ToUtf8(), "planner", null));
        created.Outcome.ShouldBe(
            Outcome.Done, string.Join("; ", (created.Faults ?? []).Select(fault => $"{fault.Path} {fault.Message}")));
        (await ActAsync(document.Id, LifecycleAction.Submit, "planner")).ShouldBe(Outcome.Done);
        (await ActAsync(document.Id, LifecycleAction.Approve, "approver")).ShouldBe(Outcome.Done);
        return (await campaign.GetSummary(1))!;
    }

    public async Task<Outcome> ActAsync(string campaignId, LifecycleAction action, string actor) =>
        (await Grains.Campaign(campaignId).Act(new LifecycleCommand(action, actor, null))).Outcome;

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _host.StopAsync();
        await _committer.DisposeAsync();
        _host.Dispose();
    }
}
