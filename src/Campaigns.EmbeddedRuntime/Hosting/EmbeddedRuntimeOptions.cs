using System.Reflection;

namespace Orleans.Embedded;

/// <summary>How the embedded runtime works. Defaults are those of Orleans 10.4 unless said.</summary>
public sealed class EmbeddedRuntimeOptions
{
    /// <summary>The assemblies with grain classes, grain interfaces and what crosses their calls.</summary>
    public ISet<Assembly> GrainAssemblies { get; } = new HashSet<Assembly>();

    /// <summary>How long a caller waits. A lost message or a circle of waiting calls ends by it.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation stays idle before it ends.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a grain may take to activate.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a grain may take to be told that it ends.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a stop waits for running calls and deactivations. Within a host's own 30 s for its services.
    /// </summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How many requests one activation may hold, running and waiting; zero for no bound, which is Orleans' default. At
    /// 100 µs a request this many are a second's work: more would only wait for their timeout.
    /// </summary>
    public int MaxQueuedRequests { get; set; } = 10_000;

    /// <summary>How often a request may be sent on because the activation that had it queued has ended.</summary>
    public int MaxForwardCount { get; set; } = 2;

    /// <summary>The shortest period of reminders.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
