using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Storage;

[GenerateSerializer]
[Alias("test.Counter")]
public sealed class Counter
{
    [Id(0)]
    public int Value { get; set; }
}

[Alias("test.IStored")]
public interface IStored : IGrainWithStringKey
{
    Task<int> Add(int amount);

    Task<string> Describe();

    Task Clear();

    Task Leave();
}

public sealed class StoredGrain(
    [PersistentState("counter")] IPersistentState<Counter> counter,
    [PersistentState("other")] IPersistentState<Counter> other,
    IGrainContext context,
    IGrainFactory factory) : Grain, IStored
{
    private string _atActivation = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atActivation = $"{counter.State.Value} exists {counter.RecordExists}";
        return Task.CompletedTask;
    }

    public async Task<int> Add(int amount)
    {
        counter.State.Value += amount;
        await counter.WriteStateAsync();
        return counter.State.Value;
    }

    public Task<string> Describe() => Task.FromResult(
        $"{_atActivation}, other {other.State.Value}, own context {ReferenceEquals(context, GrainContext)}, "
        + $"factory {factory is not null}");

    public Task Clear() => counter.ClearStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public sealed class PersistentStateTests : GrainTests
{
    [Fact]
    public async Task NewState_IsEmptyAtActivation()
    {
        (await Grain<IStored>().Describe().Soon()).ShouldBe("0 exists False, other 0, own context True, factory True");
    }

    [Fact]
    public async Task WrittenState_IsReadBeforeTheNextActivation()
    {
        await Grain<IStored>().Add(3).Soon();
        await Grain<IStored>().Add(4).Soon();
        await Grain<IStored>().Leave().Soon();

        (await Grain<IStored>().Describe().Soon()).ShouldStartWith("7 exists True, other 0");
    }

    [Fact]
    public async Task ClearedState_IsEmptyAgain()
    {
        await Grain<IStored>().Add(3).Soon();
        await Grain<IStored>().Clear().Soon();
        await Grain<IStored>().Leave().Soon();

        (await Grain<IStored>().Describe().Soon()).ShouldStartWith("0 exists False");
    }
}
