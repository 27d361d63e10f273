using Orleans.Runtime;

namespace Orleans;

/// <summary>Identities and references of grains.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to the grain itself, to be given to others instead of <c>this</c>.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        var reference = ReferenceOf(grain);
        return interfaceType.IsInstanceOfType(reference)
            ? reference
            : reference.Silo.References.Create(interfaceType, reference.GrainId);
    }

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) =>
        grain.AsReference<TGrainInterface>();

    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);

    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase { GrainContext: { } context } => context.GrainId,
        _ => throw new ArgumentException(
            $"{grain?.GetType()} is neither a grain of the runtime nor a reference.", nameof(grain)),
    };

    /// <summary>The grain's key.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    private static GrainReference ReferenceOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase { GrainContext: { } context } => context.GrainReference,
        _ => throw new ArgumentException(
            $"{grain?.GetType()} is neither a grain of the runtime nor a reference.", nameof(grain)),
    };
}
