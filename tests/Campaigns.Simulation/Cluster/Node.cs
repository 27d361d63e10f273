using System.Diagnostics.CodeAnalysis;
using Campaigns.Contracts;
using Campaigns.Grains;
using Campaigns.Grains.Journal;
using Campaigns.Grains.Seeds;
using Campaigns.Ledger;
using Campaigns.Ledger.GroupCommit;
using Campaigns.Ledger.Loads;
using Campaigns.Simulation.Database;
using Campaigns.Simulation.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Embedded;

namespace Campaigns.Simulation.Cluster;

/// <summary>
/// One process: the real grains on a runtime of their own, the real group committer, its own clocks. What a host
/// composes in Campaigns.Host is composed here on the seed's scheduler.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Discard ends what it owns, on the seed's steps.")]
internal sealed class Node
{
    private readonly GroupCommitter _committer;
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;

    /// <param name="name">The committer's too: a process that is restarted keeps it.</param>
    public Node(World world, int index, string name, SimRandom random)
    {
        Index = index;
        Name = name;
        Tasks = new StepTasks(world.Steps, Life);
        Time = new ProcessTime(world.Clock, world.Settings.Start, Life) { Shift = world.Settings.Skews[index] };
        Ledger = world.Planted.Ledger(world, random, name);
        Ledger.OnCrash = () => world.Kill(this);
        _committer = new GroupCommitter(name, new GroupCommitServices(
            Ledger, World.ChainKey, world.Settings.Commits, Time, world.Log.Of<GroupCommitter>(), Tasks));
        Door = new CommitterDoor(_committer, world);
        _services = Compose(world);
        Silo = _services.GetRequiredService<EmbeddedSilo>();
        Grains = _services.GetRequiredService<IGrainFactory>();
        _hosted = [.. _services.GetServices<IHostedService>()];
    }

    public int Index { get; }

    public string Name { get; }

    public Life Life { get; } = new();

    public StepTasks Tasks { get; }

    public ProcessTime Time { get; }

    public SimLedger Ledger { get; }

    public CommitterDoor Door { get; }

    public EmbeddedSilo Silo { get; }

    public IGrainFactory Grains { get; }

    /// <summary>It has started and is alive, though perhaps frozen.</summary>
    public bool IsUp { get; private set; }

    public bool Serves => IsUp && !Life.IsFrozen;

    public async Task StartAsync()
    {
        await _committer.StartAsync(CancellationToken.None);
        foreach (var service in _hosted)
            await service.StartAsync(CancellationToken.None);
        IsUp = !Life.IsDead;
    }

    public void Die()
    {
        IsUp = false;
        Life.Die();
        Silo.Kill();
        _committer.Kill();
    }

    /// <summary>
    /// After the seed: lets go of whatever would keep the seed's world in memory, instruments and providers above all,
    /// and ends waits on timers, which the finalizer would have to end.
    /// </summary>
    public void Discard(Steps steps)
    {
        Life.Revive();
        steps.Thaw(Life);
        Ledger.Close();
        Tasks.Start(async () =>
        {
            foreach (var service in _hosted)
                await service.StopAsync(CancellationToken.None);
        });
        _committer.Kill();
        Silo.Kill();
    }

    /// <summary>After the last step of <see cref="Discard"/>.</summary>
    public void Free() => _services.Dispose();

    private ServiceProvider Compose(World world)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(world.Log);
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IEmbeddedScheduler>(new StepExecutor(world.Steps, Life));
        services.AddSingleton<IMessageDelivery>(world.Network);
        services.AddSingleton<ILedger>(Ledger);
        services.AddSingleton<ILoader>(new LoadCoalescer(Ledger, new LoadOptions(), Tasks));
        services.AddSingleton<IGroupCommitter>(Door);
        services.AddSingleton(World.ChainKey);
        services.AddSingleton(new SeedVault(new byte[32]));
        services.AddSingleton<ISeedSource>(world.Secrets);
        services.AddSingleton(world.Settings.Cache);
        if (world.Planted.Filter(world, Time) is { } filter)
            services.AddSingleton<IIncomingGrainCallFilter>(filter);
        services.AddEmbeddedGrainRuntime(options =>
        {
            options.GrainAssemblies.Add(typeof(IUserGrain).Assembly);
            options.GrainAssemblies.Add(typeof(JournalServices).Assembly);
            options.ResponseTimeout = TimeSpan.FromSeconds(8);
        });
        services.AddCampaignGrains(world.Settings.Grains);
        return services.BuildServiceProvider();
    }
}
