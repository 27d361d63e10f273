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

    private async Task<int[]> StatusesAsync() =>
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
