using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A timer whose ticks reach the activation as calls, so that they take turns like any other.</summary>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _firing;
    private bool _changed;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _options = options;
        using (WithoutContext.Begin())
        {
            _timer = activation.Silo.Clock.CreateTimer(
                static state => ((GrainTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        RequireSupported(dueTime, nameof(dueTime));
        RequireSupported(period, nameof(period));
        _changed = true;
        _dueTime = dueTime;
        _period = period;
        if (!_firing)
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested)
            return;
        try
        {
            _disposed.Cancel();
        }
        catch (AggregateException exception)
        {
            _activation.Silo.Log.TimerFailed(_activation.GrainId, exception);
        }

        _timer.Dispose();
        _activation.RemoveTimer(this);
    }

    protected abstract Task Callback(CancellationToken cancellationToken);

    private static void RequireSupported(TimeSpan time, string name)
    {
        const uint LongestInMilliseconds = 0xfffffffe;
        ArgumentOutOfRangeException.ThrowIfLessThan((long)time.TotalMilliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)time.TotalMilliseconds, LongestInMilliseconds, name);
    }

    private void Fire()
    {
        _firing = true;
        var tick = new Tick(this);
        tick.Address(_activation.Silo, _activation.GrainId, _activation.GrainId);
        _activation.TryReceive(tick);
    }

    private async Task RunTick()
    {
        try
        {
            _changed = false;
            await Callback(_disposed.Token);
        }
        catch (Exception exception)
        {
            _activation.Silo.Log.TimerFailed(_activation.GrainId, exception);
        }
        finally
        {
            _firing = false;
            if (!_disposed.IsCancellationRequested)
                _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The interface that call filters see ticks under.</summary>
    private interface IGrainTimerInvoker : IAddressable
    {
        [OneWay]
        Task InvokeCallbackAsync();
    }

    private sealed class Tick(GrainTimer timer) : TaskCall(TickMethod)
    {
        private static readonly GrainMethod TickMethod =
            new(typeof(IGrainTimerInvoker).GetMethod(
                nameof(IGrainTimerInvoker.InvokeCallbackAsync), BindingFlags.Public | BindingFlags.Instance)!);

        public override bool IsLocalOnly => true;

        public override bool IsKeepAlive => timer._options.KeepAlive;

        public override bool IsAlwaysInterleave => timer._options.Interleave;

        protected override Task Call(object grain) => timer.RunTick();
    }
}

/// <summary>A timer with the state of its callback.</summary>
internal sealed class GrainTimer<TState>(
    Activation activation,
    Func<TState, CancellationToken, Task> callback,
    TState state,
    GrainTimerCreationOptions options) : GrainTimer(activation, options)
{
    protected override Task Callback(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
