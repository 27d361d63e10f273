namespace Orleans
{
    /// <summary>Takes part in the start and the stop of something.</summary>
    public interface ILifecycleObserver
    {
        Task OnStart(CancellationToken cancellationToken = default);

        Task OnStop(CancellationToken cancellationToken = default);
    }

    /// <summary>Lets observers take part, stage by stage.</summary>
    public interface ILifecycleObservable
    {
        /// <summary>Adds an observer until the result is disposed.</summary>
        IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
    }

    /// <summary>Implemented by grains that subscribe to their own lifecycle.</summary>
    public interface ILifecycleParticipant<TLifecycleObservable> where TLifecycleObservable : ILifecycleObservable
    {
        void Participate(TLifecycleObservable lifecycle);
    }

    /// <summary>Subscribes with delegates.</summary>
    public static class LifecycleExtensions
    {
        public static IDisposable Subscribe(
            this ILifecycleObservable observable, int stage, ILifecycleObserver observer) =>
            observable.Subscribe(observer.GetType().FullName!, stage, observer);

        public static IDisposable Subscribe(
            this ILifecycleObservable observable,
            string observerName,
            int stage,
            Func<CancellationToken, Task> onStart,
            Func<CancellationToken, Task>? onStop) =>
            observable.Subscribe(observerName, stage, new DelegateObserver(onStart, onStop));

        public static IDisposable Subscribe(
            this ILifecycleObservable observable,
            string observerName,
            int stage,
            Func<CancellationToken, Task> onStart) =>
            observable.Subscribe(observerName, stage, onStart, null);

        private sealed class DelegateObserver(
            Func<CancellationToken, Task> onStart,
            Func<CancellationToken, Task>? onStop) : ILifecycleObserver
        {
            public Task OnStart(CancellationToken cancellationToken = default) => onStart(cancellationToken);

            public Task OnStop(CancellationToken cancellationToken = default) =>
                onStop?.Invoke(cancellationToken) ?? Task.CompletedTask;
        }
    }
}

namespace Orleans.Runtime
{
    /// <summary>The lifecycle of one activation.</summary>
    public interface IGrainLifecycle : ILifecycleObservable;

    /// <summary>The stages of an activation; <see cref="Grain.OnActivateAsync"/> follows the last.</summary>
    public static class GrainLifecycleStage
    {
        public const int First = int.MinValue;
        public const int SetupState = 1000;
        public const int Activate = 2000;
        public const int Last = int.MaxValue;
    }
}
