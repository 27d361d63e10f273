namespace Orleans.Core
{
    /// <summary>A state that is kept between activations.</summary>
    public interface IStorage
    {
        /// <summary>The version read or written last; null when nothing is stored.</summary>
        string? Etag { get; }

        bool RecordExists { get; }

        Task ReadStateAsync();

        Task ReadStateAsync(CancellationToken cancellationToken);

        /// <summary>
        /// Fails with <see cref="Orleans.Storage.InconsistentStateException"/> when another has written meanwhile.
        /// </summary>
        Task WriteStateAsync();

        Task WriteStateAsync(CancellationToken cancellationToken);

        Task ClearStateAsync();

        Task ClearStateAsync(CancellationToken cancellationToken);
    }

    /// <summary>A state of a known type.</summary>
    public interface IStorage<TState> : IStorage
    {
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>
    /// A named state of a grain, injected by <see cref="PersistentStateAttribute"/> and read before activation.
    /// </summary>
    public interface IPersistentState<TState> : Core.IStorage<TState>;

    /// <summary>Marks constructor parameters that the runtime itself supplies.</summary>
    public interface IFacetMetadata;

    /// <summary>Says which state, in which store.</summary>
    public interface IPersistentStateConfiguration
    {
        string StateName { get; }

        string? StorageName { get; }
    }

    /// <summary>Asks for the state of this name in the store of that name.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null)
        : Attribute, IFacetMetadata, IPersistentStateConfiguration
    {
        public string StateName { get; } = stateName;

        public string? StorageName { get; } = storageName;
    }
}
