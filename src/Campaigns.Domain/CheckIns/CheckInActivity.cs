using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.CheckIns;

/// <summary>Daily check-in: once per business day, rewards each day and for days in a row.</summary>
public sealed partial record CheckInActivity : Activity
{
    public const string TypeName = "check-in";

    public override string Type => TypeName;

    public required ImmutableArray<Reward> EveryDay { get; init; }

    public required ImmutableArray<StreakReward> Streaks { get; init; }

    /// <summary>The streak restarts at 1 after this many days; null: it goes on.</summary>
    public int? Cycle { get; init; }
}

/// <summary>Given on the day that the streak reaches <paramref name="Days"/>, or each multiple of it.</summary>
public sealed record StreakReward(int Days, ImmutableArray<Reward> Rewards, bool Repeat);
