using Orleans.Core;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain with one persistent state, read before <see cref="Grain.OnActivateAsync"/>.</summary>
public class Grain<TGrainState> : Grain
{
    private IStorage<TGrainState>? _storage;

    protected Grain()
    {
        GrainContext.ObservableLifecycle.Subscribe(
            GetType().FullName!, GrainLifecycleStage.SetupState, new ReadBeforeActivation(this));
    }

    /// <summary>For tests that make a grain by hand.</summary>
    protected Grain(IStorage<TGrainState> storage)
    {
        _storage = storage;
    }

    protected TGrainState State
    {
        get => Storage.State;
        set => Storage.State = value;
    }

    private IStorage<TGrainState> Storage =>
        _storage ?? throw new InvalidOperationException("The state is not there before activation.");

    protected virtual Task ReadStateAsync() => Storage.ReadStateAsync();

    protected virtual Task WriteStateAsync() => Storage.WriteStateAsync();

    protected virtual Task ClearStateAsync() => Storage.ClearStateAsync();

    private sealed class ReadBeforeActivation(Grain<TGrainState> grain) : ILifecycleObserver
    {
        public Task OnStart(CancellationToken cancellationToken = default)
        {
            grain._storage = grain.RequireRuntime().GetStorage<TGrainState>(grain.GrainContext);
            return grain.ReadStateAsync();
        }

        public Task OnStop(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
