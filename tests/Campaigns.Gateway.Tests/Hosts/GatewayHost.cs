using System.Security.Cryptography;
using Campaigns.Contracts;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Hosting;
using Campaigns.Gateway.Tests.BadRequests;
using Campaigns.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Campaigns.Gateway.Tests.Hosts;

/// <summary>A gateway on a real Kestrel and a free port, over fake grains and a clock that stands still.</summary>
public class GatewayHost : IAsyncLifetime
{
    private WebApplication? _app;

    internal FakeCluster Cluster { get; } = new();

    internal ManualTime Time { get; } = new();

    internal byte[] Key { get; } = RandomNumberGenerator.GetBytes(DevTokens.KeyLength);

    internal Scene Scene { get; private set; } = null!;

    internal IServiceProvider Services => _app!.Services;

    internal TestTokens Tokens => Scene.Tokens;

    internal ApiClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Cluster.Put(TestCampaigns.Night(Time.GetUtcNow()));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var options = new GatewayOptions
        {
            Auth = { Development = true, DevelopmentKey = Key },
        };
        options.Auth.PartnerKeys.Add(Scene.PartnerKeyId, new PartnerKeyOptions
        {
            Partner = "shop", Secret = Convert.ToBase64String(Scene.PartnerSecret), Merchants = { "m-1" },
        });
        Configure(options);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ApplyCampaignLimits(options.Limits));
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton(Cluster.Factory);
        builder.Services.AddCampaignGateway(options);
        AddServices(builder.Services);
        _app = builder.Build();
        _app.MapCampaignGateway();
        await _app.StartAsync();
        Scene = new Scene(new Uri(_app.Urls.Single()), new TestTokens(Key, Time));
        Client = new ApiClient(Scene);
    }

    /// <summary>Lets the gateway learn of what the test has put into the cluster.</summary>
    internal Task CatchUpAsync() => Services.GetRequiredService<CampaignCache<CampaignSummary>>().CatchUpAsync();

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    protected virtual void Configure(GatewayOptions options)
    {
    }

    protected virtual void AddServices(IServiceCollection services)
    {
    }
}
