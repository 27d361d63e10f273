using System.Reflection;
using Campaigns.Contracts;
using Campaigns.Host.Hosting;
using NSubstitute;

namespace Campaigns.Grains.Tests;

/// <summary>Which calls a gateway sends a second time, and after which failures.</summary>
public sealed class RepeatedCallsTests
{
    private readonly RepeatedCalls _filter = new(TimeProvider.System);

    public static TheoryData<Exception> OnItsWay => [new SiloUnavailableException(), Rejection()];

    [Theory]
    [MemberData(nameof(OnItsWay))]
    public async Task RepeatableCallThatWasLostOnItsWay_IsSentOnceMore(Exception failure)
    {
        var call = Call(nameof(IUserGrain.Draw), failure, null);

        await _filter.Invoke(call);

        await call.Received(2).Invoke();
    }

    [Fact]
    public async Task RepeatableCallThatIsLostTwice_IsGivenUp()
    {
        var call = Call(nameof(IUserGrain.Draw), Rejection(), new SiloUnavailableException());

        await Should.ThrowAsync<SiloUnavailableException>(_filter.Invoke(call));

        await call.Received(2).Invoke();
    }

    [Fact]
    public async Task CallThatMayHaveHadItsEffect_IsNotSentAgain()
    {
        var call = Call(nameof(IUserGrain.CheckIn), Rejection());

        await Should.ThrowAsync<OrleansMessageRejectionException>(_filter.Invoke(call));

        await call.Received(1).Invoke();
    }

    [Fact]
    public async Task CallThatWaitedOutItsTimeout_IsNotSentAgain()
    {
        var call = Call(nameof(IUserGrain.Draw), new TimeoutException());

        await Should.ThrowAsync<TimeoutException>(_filter.Invoke(call));

        await call.Received(1).Invoke();
    }

    [Fact]
    public async Task CallThatIsAnswered_IsSentOnce()
    {
        var call = Call(nameof(IUserGrain.Draw), [null]);

        await _filter.Invoke(call);

        await call.Received(1).Invoke();
    }

    /// <param name="failures">Of the first try, the second, and so on; null: it is answered.</param>
    private static IOutgoingGrainCallContext Call(string method, params Exception?[] failures)
    {
        var tries = new Queue<Exception?>(failures);
        var call = Substitute.For<IOutgoingGrainCallContext>();
        call.InterfaceMethod.Returns(typeof(IUserGrain).GetMethod(method)!);
        call.Invoke().Returns(_ => tries.Dequeue() is { } failure ? Task.FromException(failure) : Task.CompletedTask);
        return call;
    }

    /// <summary>As the runtime makes it, which keeps its constructors to itself.</summary>
    private static OrleansMessageRejectionException Rejection() =>
        (OrleansMessageRejectionException)Activator.CreateInstance(
            typeof(OrleansMessageRejectionException),
            BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public,
            binder: null, ["rejected"], culture: null)!;
}
