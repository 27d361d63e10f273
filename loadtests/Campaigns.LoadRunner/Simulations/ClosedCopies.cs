using Campaigns.LoadRunner.Running;
using NBomber.Contracts;

namespace Campaigns.LoadRunner.Simulations;

/// <summary>Copies that go round: each asks again when it was answered, so what is slow is asked less.</summary>
internal sealed class ClosedCopies(ScenarioRun run, ScenarioOperation operation)
{
    private static readonly TimeSpan Adjustment = TimeSpan.FromMilliseconds(50);

    private readonly List<Task> _copies = [];
    private int _target;
    private long _left = long.MaxValue;

    public int Target => Volatile.Read(ref _target);

    public async Task RunAsync(LoadSimulation simulation)
    {
        switch (simulation)
        {
            case LoadSimulation.KeepConstant keep:
                Adjust(keep.Copies);
                await DelayAsync(keep.During);
                break;
            case LoadSimulation.RampingConstant ramp:
                await RampAsync(ramp);
                break;
            case LoadSimulation.IterationsForConstant some:
                _left = some.Iterations;
                Adjust(some.Copies);
                await Task.WhenAll(_copies);
                break;
        }
    }

    /// <summary>Lets every copy end its iteration.</summary>
    public Task EndAsync()
    {
        Adjust(0);
        return Task.WhenAll(_copies);
    }

    private async Task RampAsync(LoadSimulation.RampingConstant ramp)
    {
        var from = Target;
        for (var passed = TimeSpan.Zero; passed < ramp.During && !run.Stopped.IsCancellationRequested;)
        {
            await DelayAsync(Adjustment);
            passed += Adjustment;
            var share = Math.Min(1, passed / ramp.During);
            Adjust((int)Math.Round(from + ((ramp.Copies - from) * share)));
        }
    }

    private void Adjust(int target)
    {
        Volatile.Write(ref _target, target);
        _copies.RemoveAll(copy => copy.IsCompleted);
        for (var number = _copies.Count; number < target; number++)
        {
            var place = number;
            _copies.Add(Task.Run(() => GoRoundAsync(place)));
        }
    }

    private async Task GoRoundAsync(int place)
    {
        var context = run.NewCopy(operation, run.Clock.Now);
        while (place < Target && !run.Stopped.IsCancellationRequested && Interlocked.Decrement(ref _left) >= 0)
        {
            if (run.Session.InFlight.TryEnter())
            {
                await run.IterateAsync(context);
                run.Session.InFlight.Leave();
            }

            await Task.Yield();
            context.Again(run.Clock.Now);
        }
    }

    private async Task DelayAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, run.Stopped);
        }
        catch (OperationCanceledException)
        {
            // A stopped scenario ends its simulations early.
        }
    }
}
