namespace Campaigns.Gateway.Health;

/// <summary>What the host knows of its own health; the gateway shows it to probes.</summary>
public interface IReadiness
{
    /// <summary>True once migrations, checks and the lease are done.</summary>
    bool HasStarted { get; }

    /// <summary>Null: may get requests. Else why not, in a few words without secrets.</summary>
    ValueTask<string?> WhyNotReadyAsync(CancellationToken cancellation);
}

/// <summary>For hosts that have nothing of their own to add.</summary>
internal sealed class AlwaysReady : IReadiness
{
    public bool HasStarted => true;

    public ValueTask<string?> WhyNotReadyAsync(CancellationToken cancellation) => ValueTask.FromResult<string?>(null);
}
