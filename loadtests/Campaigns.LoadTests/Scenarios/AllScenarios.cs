namespace Campaigns.LoadTests.Scenarios;

/// <summary>The scenarios by name.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<LoadScenario> List { get; } =
    [
        new DrawBurst(), new DrawSpread(), new CheckInMorning(), new SpendDiscount(), new MixedNight(),
        new RetryStorm(), new Overload(), new Neighbours(), new Soak(),
    ];

    /// <summary>Null: there is none of that name.</summary>
    public static LoadScenario? Find(string name) => List.FirstOrDefault(scenario => scenario.Name == name);
}
