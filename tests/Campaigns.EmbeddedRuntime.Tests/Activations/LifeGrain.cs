using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Activations;

[Alias("test.ILife")]
public interface ILife : IGrainWithStringKey
{
    Task<int> Use();

    Task Leave();

    Task LeaveAndWait(string gate);

    Task Wait(string gate);

    Task Stay(TimeSpan time);

    Task FailInconsistently();

    Task<int> UseAndLeave();
}

[Alias("test.IKeptLife")]
public interface IKeptLife : IGrainWithStringKey
{
    Task<int> Use();
}

[Alias("test.IShortLife")]
public interface IShortLife : IGrainWithStringKey
{
    Task<int> Use();
}

[Alias("test.IHardLife")]
public interface IHardLife : IGrainWithStringKey
{
    Task<int> Use();
}

/// <summary>Notes its life under its key.</summary>
public sealed class LifeGrain : Grain, ILife, IDisposable
{
    private int _uses;

    private string Name => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Journal.Note(Name, "activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Journal.Note(Name, $"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public void Dispose() => Journal.Note(Name, "disposed");

    public Task<int> Use() => Task.FromResult(++_uses);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task LeaveAndWait(string gate)
    {
        DeactivateOnIdle();
        return Gate.Named(gate).Pass();
    }

    public Task Wait(string gate) => Gate.Named(gate).Pass();

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task FailInconsistently() => throw new Orleans.Storage.InconsistentStateException("another was faster");

    public Task<int> UseAndLeave()
    {
        DeactivateOnIdle();
        return Use();
    }
}

[KeepAlive]
public sealed class KeptLifeGrain : Grain, IKeptLife
{
    private int _uses;

    public Task<int> Use() => Task.FromResult(++_uses);
}

[CollectionAgeLimit(Minutes = 2)]
public sealed class ShortLifeGrain : Grain, IShortLife
{
    private int _uses;

    public Task<int> Use() => Task.FromResult(++_uses);
}

/// <summary>Fails to activate as often as the gate of its key has not been opened.</summary>
public sealed class HardLifeGrain : Grain, IHardLife
{
    private int _uses;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var name = this.GetPrimaryKeyString();
        Journal.Note(name, "tried");
        await Gate.Named(name).Pass();
        if (Journal.Of(name).Length == 1)
            throw new TimeZoneNotFoundException("the first time fails");
    }

    public Task<int> Use() => Task.FromResult(++_uses);
}
