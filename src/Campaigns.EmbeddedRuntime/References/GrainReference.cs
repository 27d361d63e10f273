using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>The address of a grain; references made for an interface also implement it and send its calls.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    internal GrainReference(EmbeddedSilo silo, GrainInterfaceType interfaceType, GrainId grainId)
    {
        Silo = silo;
        InterfaceType = interfaceType;
        GrainId = grainId;
    }

    public GrainId GrainId { get; }

    public GrainInterfaceType InterfaceType { get; }

    public virtual string InterfaceName => InterfaceType.ToString();

    internal EmbeddedSilo Silo { get; }

    /// <summary>The same grain by another interface. Whether it implements it shows at the first call.</summary>
    public virtual TGrainInterface Cast<TGrainInterface>() where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)Silo.References.Create(typeof(TGrainInterface), GrainId);

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceType}";

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) =>
        !(reference1 == reference2);

    internal Task<TResult> Send<TResult>(GrainCall<TResult> call)
    {
        // Taken before the call is sent: afterwards another thread may complete it.
        var completion = call.Completion;
        Silo.Send(call, GrainId);
        return completion;
    }

    internal Task SendOneWay(GrainCall call)
    {
        Silo.Send(call, GrainId);
        return Task.CompletedTask;
    }
}
