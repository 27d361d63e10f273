namespace Campaigns.Simulation;

/// <summary>Built on Orleans there is nothing to run: its scheduler, clock and messages follow no seed.</summary>
internal static class Program
{
    public static int Main()
    {
        Console.Error.WriteLine("The simulation runs on the embedded grain runtime: GrainRuntime=Embedded.");
        return 2;
    }
}
