using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Tells the activation that has a request that its caller has cancelled.</summary>
internal sealed class CancellationMessage(GrainCall call) : GrainMessage
{
    public override MessageDirection Direction => MessageDirection.Cancellation;

    public override EmbeddedSilo Origin => call.Origin;

    public override GrainId Target => call.Target;

    public override GrainId? Caller => call.Caller;

    public override string Description => call.Description;

    public override void DeliverTo(EmbeddedSilo silo) => call.Holder?.CancelCall(call);
}
