using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Anything that calls can be addressed to.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>Marks grain interfaces.</summary>
    public interface IGrain : IAddressable;

    /// <summary>Marks interfaces of grains whose key is a string.</summary>
    public interface IGrainWithStringKey : IGrain;
}
