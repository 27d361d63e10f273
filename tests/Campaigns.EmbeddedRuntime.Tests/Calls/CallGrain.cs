using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Calls;

[GenerateSerializer]
[Alias("test.RefusedException")]
public sealed class RefusedException(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;
}

[Alias("test.ICalls")]
public interface ICalls : IGrainWithStringKey
{
    Task Wait(string gate);

    Task Note(string name);

    [ResponseTimeout("00:00:05")]
    Task WaitBriefly(string gate);

    Task FailAtOnce();

    Task FailLater();

    Task<int> FailWithResult();

    Task CancelItself();

    [OneWay]
    Task WaitOneWay(string gate);

    [OneWay]
    Task FailOneWay(string gate);

    Task<string> WaitForCancellation(string gate, CancellationToken token);

    Task NoteToken(string name, CancellationToken token);

    Task<string?> ContextValue(string key);

    Task SetContextValue(string key, string value);

    Task<string?> ContextValueOfNested(string key, string other);

    Task MutateContextValue(string key);

    Task<int> AskThrough(ICalls other);

    Task<int> Number();
}

public sealed class CallGrain : Grain, ICalls
{
    public Task Wait(string gate) => Gate.Named(gate).Pass();

    public Task Note(string name)
    {
        Journal.Note(name, "noted");
        return Task.CompletedTask;
    }

    public Task WaitBriefly(string gate) => Wait(gate);

    public Task FailAtOnce() => throw new RefusedException("at once", 1);

    public async Task FailLater()
    {
        await Task.Yield();
        throw new RefusedException("later", 2);
    }

    public async Task<int> FailWithResult()
    {
        await Task.Yield();
        throw new InvalidOperationException("no result");
    }

    public Task CancelItself() => Task.FromException(new OperationCanceledException("own decision"));

    public Task WaitOneWay(string gate) => Wait(gate);

    public async Task FailOneWay(string gate)
    {
        await Gate.Named(gate).Pass();
        throw new InvalidOperationException("nobody hears this");
    }

    public async Task<string> WaitForCancellation(string gate, CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);
        await Gate.Named(gate).Pass();
        await cancelled.Task;
        Journal.Note(gate, $"cancelled {token.IsCancellationRequested}, in grain {RuntimeContextIsOwn()}");
        return "ignored";
    }

    public Task NoteToken(string name, CancellationToken token)
    {
        Journal.Note(name, token.IsCancellationRequested);
        return Task.CompletedTask;
    }

    public Task<string?> ContextValue(string key) => Task.FromResult(RequestContext.Get(key)?.ToString());

    public Task SetContextValue(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public Task<string?> ContextValueOfNested(string key, string other) =>
        GrainFactory.GetGrain<ICalls>(other).ContextValue(key);

    public Task MutateContextValue(string key)
    {
        ((List<string>)RequestContext.Get(key)!).Add("mutated");
        return Task.CompletedTask;
    }

    public Task<int> AskThrough(ICalls other) => other.Number();

    public Task<int> Number() => Task.FromResult(42);

    private bool RuntimeContextIsOwn() => TaskScheduler.Current != TaskScheduler.Default && GrainContext is not null;
}
