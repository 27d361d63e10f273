using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Turns;

[Alias("test.IWorker")]
public interface IWorker : IGrainWithStringKey
{
    Task<string> Work(string gate);
}

[StatelessWorker(2)]
public sealed class WorkerGrain : Grain, IWorker
{
    private readonly string _me = Guid.NewGuid().ToString();

    public async Task<string> Work(string gate)
    {
        await Gate.Named(gate).Pass();
        return _me;
    }
}

public sealed class StatelessWorkerTests : GrainTests
{
    [Fact]
    public async Task Calls_OfAStatelessWorker_RunInAsManyActivationsAsAllowed()
    {
        var grain = Grain<IWorker>();
        var first = grain.Work(Key + "gate");
        var second = grain.Work(Key + "gate");
        await GateOf("gate").Arrival();
        await GateOf("gate").Arrival();

        var third = grain.Work(Key + "late");
        await Bounds.LetOthersRun();
        GateOf("late").Arrived.ShouldBe(0);

        GateOf("gate").Open();
        (await first.Soon()).ShouldNotBe(await second.Soon());
        GateOf("late").Open();
        new[] { await first, await second }.ShouldContain(await third.Soon());
    }

    [Fact]
    public async Task Calls_OneAfterTheOther_UseOneActivation()
    {
        GateOf("open").Open();
        var grain = Grain<IWorker>();

        var workers = new HashSet<string>();
        for (var i = 0; i < 20; i++)
            workers.Add(await grain.Work(Key + "open").Soon());

        workers.Count.ShouldBe(1);
    }
}
