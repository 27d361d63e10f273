using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A stored state with its version.</summary>
    public interface IGrainState<T>
    {
        T? State { get; set; }

        string? ETag { get; set; }

        bool RecordExists { get; set; }
    }

    /// <summary>A stored state with its version.</summary>
    [GenerateSerializer]
    public sealed class GrainState<T> : IGrainState<T>
    {
        public GrainState()
        {
        }

        public GrainState(T? state) : this(state, null)
        {
        }

        public GrainState(T? state, string? eTag)
        {
            State = state;
            ETag = eTag;
        }

        [Id(0)]
        public T? State { get; set; }

        [Id(1)]
        public string? ETag { get; set; }

        [Id(2)]
        public bool RecordExists { get; set; }
    }
}

namespace Orleans.Storage
{
    /// <summary>A store of grain states, registered as a keyed service under its name.</summary>
    public interface IGrainStorage
    {
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        Task ReadStateAsync<T>(
            string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ReadStateAsync(stateName, grainId, grainState);

        /// <summary>Writes if the stored version is still <see cref="IGrainState{T}.ETag"/>, else throws.</summary>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        Task WriteStateAsync<T>(
            string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            WriteStateAsync(stateName, grainId, grainState);

        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        Task ClearStateAsync<T>(
            string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ClearStateAsync(stateName, grainId, grainState);
    }

    /// <summary>
    /// Another writer was faster. When a grain lets it escape, its activation ends and the next call reads anew.
    /// </summary>
    [GenerateSerializer]
    public class InconsistentStateException : OrleansException
    {
        public InconsistentStateException()
        {
        }

        public InconsistentStateException(string message) : base(message)
        {
        }

        public InconsistentStateException(string message, Exception? innerException) : base(message, innerException!)
        {
        }

        public InconsistentStateException(
            string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
            : base(errorMsg, storageException!)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
            : this(errorMsg, storedEtag, currentEtag, null)
        {
        }

        public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
            : this(storageException.Message, storedEtag, currentEtag, storageException)
        {
        }

        [Id(1)]
        public string? StoredEtag { get; private set; }

        [Id(2)]
        public string? CurrentEtag { get; private set; }

        [field: Id(0)]
        internal bool IsSourceActivation { get; set; } = true;

        public override string ToString() => $"{base.ToString()} stored={StoredEtag} current={CurrentEtag}";
    }

    /// <summary>A grain asks for a store that is not configured.</summary>
    [GenerateSerializer]
    public sealed class BadProviderConfigException : OrleansException
    {
        public BadProviderConfigException()
        {
        }

        public BadProviderConfigException(string msg) : base(msg)
        {
        }

        public BadProviderConfigException(string msg, Exception exc) : base(msg, exc)
        {
        }
    }
}
