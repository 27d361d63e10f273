using System.Text.Json;

namespace Campaigns.Bench.Generator;

/// <summary>
/// The generator's process: reads plans from its input, one JSON line each, answers <c>prepared</c>, waits for
/// <c>go</c>, and writes the result as a JSON line. It lives through all rounds, so that it is compiled and warm.
/// </summary>
internal static class GeneratorLoop
{
    public const string Command = "generate";
    public const string Prepared = "prepared";
    public const string Go = "go";

    public static int Run()
    {
        while (Console.ReadLine() is { } line)
        {
            using var burst = new Burst(JsonSerializer.Deserialize<BurstPlan>(line)!);
            Console.WriteLine(Prepared);
            if (Console.ReadLine() != Go)
            {
                return 1;
            }

            Console.WriteLine(JsonSerializer.Serialize(burst.Run()));
        }

        return 0;
    }
}
