using Microsoft.Extensions.DependencyInjection;

namespace Campaigns.EmbeddedRuntime.Tests.Hosting;

/// <summary>What tests may set, on either runtime. Unset means the runtime's own default.</summary>
public sealed class TestSiloOptions
{
    public TimeSpan? CollectionAge { get; set; }

    public int? MaxQueuedRequests { get; set; }

    public Action<IServiceCollection> Services { get; set; } = _ => { };
}
