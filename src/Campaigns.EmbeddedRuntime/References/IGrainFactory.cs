using Orleans.Runtime;

namespace Orleans;

/// <summary>Makes references to grains. A reference is cheap, needs no activation and stays valid for good.</summary>
public interface IGrainFactory
{
    /// <summary>The grain of this key, of the class that implements the interface.</summary>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable;

    IAddressable GetGrain(GrainId grainId);
}

/// <summary>The grain factory of code outside of grains.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
