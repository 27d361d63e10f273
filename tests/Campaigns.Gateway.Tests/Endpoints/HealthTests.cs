using Campaigns.Gateway.Health;
using Campaigns.Gateway.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace Campaigns.Gateway.Tests.Endpoints;

public sealed class HealthTests(HealthTests.Host host) : IClassFixture<HealthTests.Host>
{
    [Fact]
    public async Task Probes_FollowTheHost()
    {
        host.Readiness.HasStarted = false;
        (await StatusesAsync()).ShouldBe([503, 503, 200]);

        host.Readiness.HasStarted = true;
        host.Readiness.WhyNot = "The host is stopping.";
        (await StatusesAsync()).ShouldBe([200, 503, 200]);
        (await host.Client.GetAsync("/health/ready")).Text.ShouldBe(
            """{"status":"down","reason":"The host is stopping."}""");

        host.Readiness.WhyNot = null;
        (await StatusesAsync()).ShouldBe([200, 200, 200]);
    }

    [Fact]
    public async Task Readiness_WaitsForTheFirstConfirmation_AndThenOutlastsTheDatabase()
    {
        var fresh = new Host { Readiness = { HasStarted = true } };
        Away(fresh);
        await fresh.InitializeAsync();
        try
        {
            (await StatusesAsync(fresh)).ShouldBe([200, 503, 200]);
            (await fresh.Client.GetAsync("/health/ready")).Text.ShouldBe(
                """{"status":"down","reason":"The list of campaigns cannot be confirmed."}""");

            fresh.Cluster.BeforeChanges = null;
            (await StatusesAsync(fresh)).ShouldBe([200, 200, 200]);

            Away(fresh);
            fresh.Time.Advance(TimeSpan.FromMinutes(1));
            (await fresh.Client.GetAsync("/v1/campaigns/night")).Headers["Retry-After"].ShouldBe("1");
            (await StatusesAsync(fresh)).ShouldBe([200, 200, 200]);

            fresh.Readiness.WhyNot = "The host is stopping.";
            (await StatusesAsync(fresh)).ShouldBe([200, 503, 200]);
        }
        finally
        {
            await fresh.DisposeAsync();
        }

        static void Away(Host host) =>
            host.Cluster.BeforeChanges = () => throw new TimeoutException("the database is gone");
    }

    private Task<int[]> StatusesAsync() => StatusesAsync(host);

    private static async Task<int[]> StatusesAsync(Host host) =>
    [
        (await host.Client.GetAsync("/health/startup")).Status,
        (await host.Client.GetAsync("/health/ready")).Status,
        (await host.Client.GetAsync("/health/live")).Status,
    ];

    public sealed class Host : GatewayHost
    {
        internal FakeReadiness Readiness { get; } = new();

        protected override void AddServices(IServiceCollection services) =>
            services.AddSingleton<IReadiness>(Readiness);
    }

    internal sealed class FakeReadiness : IReadiness
    {
        public bool HasStarted { get; set; }

        public string? WhyNot { get; set; }

        public ValueTask<string?> WhyNotReadyAsync(CancellationToken cancellation) => ValueTask.FromResult(WhyNot);
    }
}
