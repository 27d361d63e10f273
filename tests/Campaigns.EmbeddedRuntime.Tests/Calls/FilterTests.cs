using Campaigns.EmbeddedRuntime.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Campaigns.EmbeddedRuntime.Tests.Calls;

[Alias("test.IFiltered")]
public interface IFiltered : IGrainWithStringKey
{
    Task<string> Greet(string name, int times);

    Task Fail();

    Task Nothing();
}

public sealed class FilteredGrain : Grain, IFiltered, IIncomingGrainCallFilter
{
    public Task<string> Greet(string name, int times)
    {
        Journal.Note(this.GetPrimaryKeyString(), "method");
        return Task.FromResult($"hello {name} {times}");
    }

    public Task Fail() => throw new InvalidOperationException("from the grain");

    public Task Nothing() => Task.CompletedTask;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        Journal.Note(this.GetPrimaryKeyString(), $"own {context.InterfaceMethod.Name}");
        await context.Invoke();
    }
}

public sealed class FilterTests : GrainTests
{
    private readonly RecordingFilter _outer = new("outer");
    private readonly RecordingFilter _inner = new("inner");

    protected override void Configure(TestSiloOptions options) => options.Services = services => services
        .AddSingleton<IIncomingGrainCallFilter>(_outer)
        .AddSingleton<IIncomingGrainCallFilter>(_inner);

    [Fact]
    public async Task Filters_RunInOrderOfRegistration_ThenTheGrainsOwn()
    {
        (await Grain<IFiltered>().Greet("you", 2).Soon()).ShouldBe("hello you 2");

        Journal.TextOf(Key).ShouldBe(["outer in", "inner in", "own Greet", "method", "inner out", "outer out"]);
    }

    [Fact]
    public async Task Filter_SeesTheCall()
    {
        await Grain<IFiltered>().Greet("you", 2).Soon();

        _outer.Last.ShouldBe(
            $"Campaigns.EmbeddedRuntime.Tests.Calls.IFiltered.Greet(you, 2) to {Key}, by FilteredGrain.Greet");
    }

    [Fact]
    public async Task Filter_ThatSetsTheResult_Answers()
    {
        _inner.Answer = "intercepted";

        (await Grain<IFiltered>().Greet("you", 2).Soon()).ShouldBe("intercepted");

        Journal.TextOf(Key).ShouldNotContain("method");
    }

    [Fact]
    public async Task Filter_ThatSetsAnArgument_ChangesWhatTheGrainGets()
    {
        _inner.NewName = "me";

        (await Grain<IFiltered>().Greet("you", 2).Soon()).ShouldBe("hello me 2");
    }

    [Fact]
    public async Task ExceptionOfTheGrain_IsThrownThroughTheFilters()
    {
        await Should.ThrowAsync<InvalidOperationException>(Grain<IFiltered>().Fail().Soon());

        Journal.TextOf(Key).ShouldBe(
            ["outer in", "inner in", "own Fail", "inner caught from the grain", "outer caught from the grain"]);
    }

    [Fact]
    public async Task Filter_ThatThrows_FailsTheCall()
    {
        _inner.Failure = new UnauthorizedAccessException("not you");

        (await Should.ThrowAsync<UnauthorizedAccessException>(Grain<IFiltered>().Nothing().Soon())).Message.ShouldBe(
            "not you");
    }

    [Fact]
    public async Task ResultOfAMethodWithoutResult_IsNull()
    {
        await Grain<IFiltered>().Nothing().Soon();

        _outer.LastResult.ShouldBe("null");
    }

    private sealed class RecordingFilter(string name) : IIncomingGrainCallFilter
    {
        public string? Answer { get; set; }

        public string? NewName { get; set; }

        public Exception? Failure { get; set; }

        public string? Last { get; private set; }

        public string? LastResult { get; private set; }

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is not FilteredGrain)
            {
                await context.Invoke();
                return;
            }

            var key = context.TargetId.Key.ToString()!;
            Journal.Note(key, $"{name} in");
            var arguments = Enumerable.Range(0, context.Request.GetArgumentCount()).Select(context.Request.GetArgument);
            Last = $"{context.InterfaceName}.{context.MethodName}({string.Join(", ", arguments)}) to {key}, "
                + $"by {context.ImplementationMethod.DeclaringType!.Name}.{context.ImplementationMethod.Name}";
            if (Failure is not null)
                throw Failure;
            if (NewName is not null)
                context.Request.SetArgument(0, NewName);
            try
            {
                if (Answer is null)
                    await context.Invoke();
                else
                    context.Result = Answer;
                LastResult = context.Result?.ToString() ?? "null";
            }
            catch (Exception exception)
            {
                Journal.Note(key, $"{name} caught {exception.Message}");
                throw;
            }

            Journal.Note(key, $"{name} out");
        }
    }
}
