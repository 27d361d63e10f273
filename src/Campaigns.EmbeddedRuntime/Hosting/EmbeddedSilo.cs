using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>One running runtime. A simulation has several, connected by their message delivery.</summary>
public sealed class EmbeddedSilo : IDisposable
{
    private GrainTable? _grains;
    private ReminderService? _reminders;

    /// <summary>Takes its parts from the services; nothing runs before <see cref="StartAsync"/>.</summary>
    public EmbeddedSilo(IServiceProvider services)
    {
        Services = services;
        Options = services.GetRequiredService<IOptions<EmbeddedRuntimeOptions>>().Value;
        Clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Scheduler = services.GetRequiredService<IEmbeddedScheduler>();
        Delivery = services.GetRequiredService<IMessageDelivery>();
        IncomingFilters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        Log = new SiloLog(services.GetRequiredService<ILoggerFactory>().CreateLogger<EmbeddedSilo>());
        Unanswered = new UnansweredCalls(Clock, Options.ResponseTimeout);
        Catalog = new Catalog(this);
        IdleCollector = new IdleCollector(this);
        References = new GrainReferences(this);
        GrainFactory = new GrainFactory(this);
        GrainRuntime = new GrainRuntime(this);
    }

    /// <summary>How many activations there are.</summary>
    public int ActivationCount => Catalog.Count;

    internal bool IsKilled { get; private set; }

    internal IServiceProvider Services { get; }

    internal EmbeddedRuntimeOptions Options { get; }

    internal TimeProvider Clock { get; }

    internal IEmbeddedScheduler Scheduler { get; }

    internal IMessageDelivery Delivery { get; }

    internal IIncomingGrainCallFilter[] IncomingFilters { get; }

    internal SiloLog Log { get; }

    internal UnansweredCalls Unanswered { get; }

    internal Catalog Catalog { get; }

    internal IdleCollector IdleCollector { get; }

    internal GrainReferences References { get; }

    internal GrainFactory GrainFactory { get; }

    internal GrainRuntime GrainRuntime { get; }

    internal ReminderService Reminders => _reminders ?? throw NotStarted();

    internal GrainTable Grains => _grains ?? throw NotStarted();

    /// <summary>
    /// Checks all grain and wire types, throwing one exception that lists every fault, and starts reminders.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var faults = WireTypes.CheckOnce(Options.GrainAssemblies);
        if (faults.Count > 0)
        {
            throw new OrleansConfigurationException(
                $"Types that cannot cross grain calls:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
        }

        _grains = new GrainTable(Options.GrainAssemblies);
        _reminders = new ReminderService(this, Services.GetRequiredService<IEmbeddedReminderTable>());
        await _reminders.StartAsync(cancellationToken);
    }

    /// <summary>
    /// Lets running calls end and tells every grain, within <see cref="EmbeddedRuntimeOptions.ShutdownTimeout"/>;
    /// then fails whoever still waits.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        _reminders?.Stop();
        Catalog.Close();
        var activations = Catalog.Snapshot();
        foreach (var activation in activations)
            activation.Deactivate(
                new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops."), cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var bound = Task.Delay(Options.ShutdownTimeout, Clock, done.Token);
        if (await Task.WhenAny(Task.WhenAll(activations.Select(a => a.Deactivated)), bound) == bound)
            Log.ShutdownCut(Catalog.Count);
        done.Cancel();
        Unanswered.Close(
            call => new SiloUnavailableException($"The silo stopped before {call.Method} of {call.Target} answered."));
    }

    /// <summary>
    /// Ends as a killed process does: no turn of it runs any more, no grain and no caller is told. For simulations.
    /// </summary>
    public void Kill()
    {
        IsKilled = true;
        Dispose();
    }

    public void Dispose()
    {
        _reminders?.Dispose();
        IdleCollector.Dispose();
        Unanswered.Dispose();
    }

    internal void Send(GrainCall call, GrainId target)
    {
        if (IsKilled)
            return;
        call.CallerToken.ThrowIfCancellationRequested();
        call.Address(this, target, RuntimeContext.Current?.GrainId);
        if (!call.Method.IsOneWay)
        {
            if (!Unanswered.Add(call))
            {
                call.Complete(new SiloUnavailableException("The silo has stopped."));
                return;
            }

            if (call.CallerToken.CanBeCanceled)
                call.CancelWhenCallerDoes();
        }

        Delivery.Send(call);
    }

    /// <summary>Runs an action outside of all turns.</summary>
    internal void Post(Action action) => Scheduler.Schedule(new PostedAction(action));

    private static InvalidOperationException NotStarted() => new("The grain runtime has not been started.");

    private sealed class PostedAction(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
