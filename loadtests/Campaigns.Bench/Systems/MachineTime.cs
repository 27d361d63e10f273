using System.Globalization;

namespace Campaigns.Bench.Systems;

/// <summary>How busy the whole machine is, from /proc/stat: what is not ours belongs to others.</summary>
internal static class MachineTime
{
    /// <summary>Share of the processors that others may use in a round that counts as undisturbed.</summary>
    public const double Quiet = 0.1;

    private const double MicrosecondsPerTick = 10_000;
    private const int Idle = 3;
    private const int WaitingForDisk = 4;
    private const int Guest = 8;

    /// <summary>Microseconds that all processors have worked since the machine started.</summary>
    public static double Busy()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        return fields.Take(Guest)
            .Where((_, index) => index is not Idle and not WaitingForDisk)
            .Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) * MicrosecondsPerTick;
    }

    /// <summary>Waits until the machine has little else to do, at most so long.</summary>
    public static async Task QuietAsync(TimeSpan atMost)
    {
        var look = TimeSpan.FromSeconds(1);
        var until = DateTime.UtcNow + atMost;
        while (DateTime.UtcNow < until)
        {
            var before = Busy();
            await Task.Delay(look);
            if ((Busy() - before) / (look.TotalMicroseconds * Environment.ProcessorCount) < Quiet)
            {
                return;
            }
        }
    }
}
