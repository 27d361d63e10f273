using NodaTime;

namespace Campaigns.Domain.Fairness;

/// <summary>A seed that an activity needs.</summary>
/// <param name="Round">Its name within the activity; <see cref="Only"/> where there is one.</param>
/// <param name="Count">What is drawn of it; 0 where nothing bounds that.</param>
/// <param name="Canonical">What the commitment covers besides the seed.</param>
public sealed record SeedPlan(string Round, Instant From, Instant Until, int Count, Func<byte[]> Canonical)
{
    public const string Only = "main";
}
