namespace Campaigns.Simulation.Tests;

public sealed class RuntimeTests
{
    [Fact]
    public void OnOrleans_TheProgramSaysThatItCannotRun() => Program.Main().ShouldBe(2);
}
