using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>What the catalog has under a grain id: an activation, or a group of stateless workers.</summary>
internal interface IActivationTarget
{
    GrainId GrainId { get; }

    /// <summary>Queues the request; false when this is gone and another must be made.</summary>
    bool TryReceive(GrainCall call);

    void Deactivate(DeactivationReason reason, CancellationToken cancellationToken);

    /// <summary>Completes when nothing of it is left.</summary>
    Task Deactivated { get; }
}
