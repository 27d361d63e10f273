using Campaigns.Contracts;
using Campaigns.Gateway.Tests.Hosts;

namespace Campaigns.Gateway.Tests.Endpoints;

public sealed class OverloadTests(OverloadTests.Host host) : IClassFixture<OverloadTests.Host>
{
    private const int Requests = 4;

    [Fact]
    public async Task MoreRequestsThanAllowed_AreRefusedAtOnce_ButProbesAreAnswered()
    {
        using var arrived = new CountdownEvent(Requests);
        var gate = new TaskCompletionSource<UserReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Cluster.OnGetUser = _ =>
        {
            arrived.Signal();
            return gate.Task;
        };
        var waiting = Enumerable.Range(0, Requests)
            .Select(i => host.Client.GetAsync("/v1/me", host.Tokens.User($"u-{i}")))
            .ToArray();
        arrived.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();

        var refused = await host.Client.GetAsync("/v1/me", host.Tokens.User());
        var probe = await host.Client.GetAsync("/health/live");
        host.Cluster.OnGetUser = _ => gate.Task;
        gate.SetResult(new UserReply(Outcome.Done, [], []));

        (refused.Status, refused.Code, refused.Headers["Retry-After"]).ShouldBe((503, "overloaded", "1"));
        probe.Status.ShouldBe(200);
        (await Task.WhenAll(waiting)).ShouldAllBe(answer => answer.Status == 200);
        (await host.Client.GetAsync("/v1/me", host.Tokens.User())).Status.ShouldBe(200);
    }

    public sealed class Host : GatewayHost
    {
        protected override void Configure(GatewayOptions options) => options.Limits.Requests = Requests;
    }
}
