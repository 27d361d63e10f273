using System.Globalization;

namespace Campaigns.Bench.Systems;

/// <summary>Processor time of processes with all their children, from /proc.</summary>
internal static class ProcessTime
{
    private const double MicrosecondsPerTick = 10_000;

    /// <summary>Microseconds that the process, its living descendants and those that it has reaped have used.</summary>
    public static double Of(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(Read)
            .OfType<Stat>()
            .ToList();
        var children = all.ToLookup(stat => stat.Parent);
        var ticks = 0L;
        var open = new Stack<Stat>(all.Where(stat => stat.Id == root));
        while (open.TryPop(out var stat))
        {
            ticks += stat.Ticks;
            foreach (var child in children[stat.Id])
            {
                open.Push(child);
            }
        }

        return ticks * MicrosecondsPerTick;
    }

    /// <summary>Null for a process that has gone meanwhile.</summary>
    private static Stat? Read(int id)
    {
        try
        {
            // The name, in brackets, may hold anything; the fields after it are counted from there.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Stat(id, (int)Field(fields, 1), fields[11..15].Sum(long.Parse));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Field(string[] fields, int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);

    /// <param name="Ticks">User and system time, its own and that of reaped children; 100 a second.</param>
    private sealed record Stat(int Id, int Parent, long Ticks);
}
