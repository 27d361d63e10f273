using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>What a message asks of its receiver.</summary>
public enum MessageDirection
{
    None,
    Request,
    Response,
    Cancellation,
}

/// <summary>A message between grains, or between code outside of grains and a grain.</summary>
public abstract class GrainMessage
{
    private protected GrainMessage()
    {
    }

    public abstract MessageDirection Direction { get; }

    /// <summary>The silo whose code made the call.</summary>
    public abstract EmbeddedSilo Origin { get; }

    /// <summary>The grain called, also in its response.</summary>
    public abstract GrainId Target { get; }

    /// <summary>The calling grain; null when the call comes from outside.</summary>
    public abstract GrainId? Caller { get; }

    /// <summary>Interface and method, for traces.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// Hands the message over: a request or cancellation to the activation that <paramref name="silo"/> has or makes, a
    /// response to its waiting caller.
    /// </summary>
    public abstract void DeliverTo(EmbeddedSilo silo);
}

/// <summary>
/// Carries messages. A simulation delays, reorders or loses them; a call whose message is lost times out.
/// </summary>
public interface IMessageDelivery
{
    void Send(GrainMessage message);
}

/// <summary>Delivers at once, within the silo that sent.</summary>
internal sealed class ImmediateDelivery : IMessageDelivery
{
    public void Send(GrainMessage message) => message.DeliverTo(message.Origin);
}
