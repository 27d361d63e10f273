namespace Campaigns.Simulation.PlantedFaults;

/// <summary>The faults that the simulation must be able to see, by the names that the command line takes.</summary>
internal static class PlantedFault
{
    private static readonly SortedDictionary<string, Func<Planted>> Known = new(StringComparer.Ordinal)
    {
        ["reply-before-commit"] = () => new ReplyBeforeCommit(),
        ["no-fence"] = () => new NoFence(),
        ["fence-on-the-wrong-stream"] = () => new FenceOnTheWrongStream(),
        ["operation-id-after-the-commit"] = () => new OperationIdAfterTheCommit(),
        ["result-not-stored"] = () => new ResultNotStored(),
        ["quota-by-wall-clock"] = () => new QuotaByWallClock(),
        ["streak-by-utc-day"] = () => new StreakByUtcDay(),
        ["refund-twice"] = () => new RefundTwice(),
        ["exhausted-too-early"] = () => new ExhaustedTooEarly(),
        ["credit-lost-on-reload"] = () => new CreditLostOnReload(),
        ["unknown-is-failed"] = () => new UnknownIsFailed(),
        ["unknown-is-committed"] = () => new UnknownIsCommitted(),
        ["pause-not-heard"] = () => new PauseNotHeard(),
        ["more-budget-not-heard"] = () => new MoreBudgetNotHeard(),
        ["claims-forgotten-between-shards"] = () => new ClaimsForgottenBetweenShards(),
    };

    public static IEnumerable<string> Names => Known.Keys;

    public static bool IsKnown(string name) => Known.ContainsKey(name);

    /// <summary>A fresh one for each run; null: the product as it is.</summary>
    public static Planted Of(string? name) => name is null ? new Planted() : Known[name]();
}
