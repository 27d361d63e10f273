namespace Campaigns.System.Tests.Fuzzing;

/// <summary>The names that good requests use.</summary>
internal static class FuzzNames
{
    private static readonly string[] OddUsers = ["u/7", "u 8", "%41", "~!@#$&*()", "u+9"];

    public static T Pick<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];

    public static string User(Random random) =>
        random.Next(20) == 0 ? Pick(OddUsers, random) : $"u-{random.Next(FuzzScene.Users)}";

    public static string Order(Random random) =>
        random.Next(30) == 0 ? "o/1 %2" : $"o-{random.Next(FuzzScene.Orders)}";

    /// <summary>A campaign that users may take part in.</summary>
    public static string Live(Random random) => random.Next(4) == 0 ? FuzzScene.Side : FuzzScene.Night;

    /// <summary>A campaign that operators make while the fuzzer runs.</summary>
    public static string Draft(Random random) => $"draft-{random.Next(40)}";

    public static string Key(Random random) => $"k-{random.Next(30)}";
}
