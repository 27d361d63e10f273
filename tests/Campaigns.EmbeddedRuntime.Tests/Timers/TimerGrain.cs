using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Timers;

[Alias("test.ITimers")]
public interface ITimers : IGrainWithStringKey
{
    /// <summary>Ticks after and every this many seconds; notes each tick under the key.</summary>
    Task Start(int seconds, bool interleave, bool keepAlive);

    Task StartFailing(int seconds);

    Task StartWaiting(int seconds, string gate);

    Task StartOnce(int seconds);

    Task Change(int seconds);

    Task Stop();

    Task Wait(string gate);

    Task Leave();
}

public sealed class TimerGrain : Grain, ITimers
{
    private IGrainTimer? _timer;

    private string Name => this.GetPrimaryKeyString();

    public Task Start(int seconds, bool interleave, bool keepAlive)
    {
        var time = TimeSpan.FromSeconds(seconds);
        RequestContext.Set("starter", "me");
        _timer = this.RegisterGrainTimer(
            static (grain, _) => grain.Tick(),
            this,
            new GrainTimerCreationOptions(time, time) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StartFailing(int seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        _timer = this.RegisterGrainTimer(
            async () =>
            {
                await Tick();
                throw new InvalidOperationException("ticks fail");
            },
            time,
            time);
        return Task.CompletedTask;
    }

    public Task StartWaiting(int seconds, string gate)
    {
        var time = TimeSpan.FromSeconds(seconds);
        _timer = this.RegisterGrainTimer(
            async () =>
            {
                await Gate.Named(gate).Pass();
                await Tick();
            },
            time,
            time);
        return Task.CompletedTask;
    }

    public Task StartOnce(int seconds)
    {
        _timer = this.RegisterGrainTimer(Tick, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task Change(int seconds)
    {
        _timer!.Change(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task Wait(string gate) => Gate.Named(gate).Pass();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Task Tick()
    {
        Journal.Note(Name, $"tick {RequestContext.Get("starter")}");
        return Task.CompletedTask;
    }
}
