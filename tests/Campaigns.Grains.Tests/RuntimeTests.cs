namespace Campaigns.Grains.Tests;

public sealed class RuntimeTests
{
    [Fact]
    public async Task Suite_RunsOnTheRuntimeThatItWasBuiltFor()
    {
        await using var silo = await TestSilo.StartAsync();

        var assembly = silo.Grains.GetType().Assembly.GetName().Name!;

        assembly.ShouldStartWith(SiloRuntime.Name == "Orleans" ? "Orleans." : "Campaigns.EmbeddedRuntime");
    }
}
