using Campaigns.LoadRunner.Simulations;
using NBomber.Contracts;

namespace Campaigns.LoadRunner.Running;

/// <summary>Drives one scenario through its simulations, on a thread of its own where they inject.</summary>
internal sealed class ScenarioLoad(ScenarioRun run)
{
    private readonly Random _random = new();

    /// <summary>The first simulation's load, not measured.</summary>
    public Task WarmUpAsync()
    {
        if (run.Props.WarmUpDuration is not { } duration || run.Props.LoadSimulations is not [var first, ..])
        {
            return Task.CompletedTask;
        }

        var rate = Math.Max(1, (int)ArrivalPlan.EndRate(first));
        LoadSimulation simulation = ArrivalPlan.IsOpen(first)
            ? new LoadSimulation.RampingInject(rate, TimeSpan.FromSeconds(1), duration)
            : new LoadSimulation.KeepConstant(1, duration);
        return RunAsync([simulation], ScenarioOperation.WarmUp);
    }

    public async Task BombAsync()
    {
        run.Begin();
        await RunAsync(run.Props.LoadSimulations, ScenarioOperation.Bombing);
        run.End();
    }

    /// <summary>Sends every arrival of the open simulations at its time. Returns when the last one was sent.</summary>
    internal void Inject(IReadOnlyList<LoadSimulation> simulations, ScenarioOperation operation)
    {
        var start = run.Clock.Now;
        double rate = 0;
        foreach (var simulation in simulations)
        {
            foreach (var arrival in ArrivalPlan.Arrivals(simulation, rate, _random))
            {
                run.Clock.WaitUntil(start + arrival);
                if (run.Stopped.IsCancellationRequested)
                {
                    return;
                }

                run.Send(operation, start + arrival);
            }

            start += (long)ArrivalPlan.Duration(simulation).TotalMicroseconds;
            rate = ArrivalPlan.EndRate(simulation);
            run.Clock.WaitUntil(start);
        }
    }

    private async Task RunAsync(IReadOnlyList<LoadSimulation> simulations, ScenarioOperation operation)
    {
        if (run.Props.Run is null)
        {
            return;
        }

        if (simulations.All(ArrivalPlan.IsOpen))
        {
            await InjectAsync(simulations, operation);
            return;
        }

        var copies = new ClosedCopies(run, operation);
        foreach (var simulation in simulations)
        {
            if (ArrivalPlan.IsOpen(simulation))
            {
                await copies.EndAsync();
                await InjectAsync([simulation], operation);
            }
            else
            {
                await copies.RunAsync(simulation);
            }
        }

        await copies.EndAsync();
    }

    private Task InjectAsync(IReadOnlyList<LoadSimulation> simulations, ScenarioOperation operation)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Inject(simulations, operation);
                sent.SetResult();
            }
            catch (Exception failure)
            {
                sent.SetException(failure);
            }
        })
        {
            IsBackground = true,
            Name = "sender of " + run.Props.ScenarioName,
            Priority = ThreadPriority.AboveNormal,
        };
        thread.Start();
        return sent.Task;
    }
}
