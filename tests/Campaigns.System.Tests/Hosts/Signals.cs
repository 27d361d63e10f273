using System.Diagnostics;

namespace Campaigns.System.Tests.Hosts;

/// <summary>Signals as a shell sends them.</summary>
internal static class Signals
{
    public static void Send(this Process process, string signal)
    {
        using var kill = Process.Start("bash", ["-c", $"kill -{signal} {process.Id}"]);
        kill.WaitForExit();
    }
}
