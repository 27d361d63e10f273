using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>The grain factory of grains and clients of a silo.</summary>
internal sealed class GrainFactory(EmbeddedSilo silo) : IClusterClient
{
    public IServiceProvider ServiceProvider => silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)(object)Create(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)Create(grainInterfaceType, grainPrimaryKey, null);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)silo.References.Create(typeof(TGrainInterface), grainId);

    public IAddressable GetGrain(GrainId grainId) => silo.References.Untyped(grainId);

    private GrainReference Create(Type type, string key, string? prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        var id = new GrainId(silo.Grains.TypeImplementing(type, prefix), IdSpan.Create(key));
        return silo.References.Create(type, id);
    }
}
