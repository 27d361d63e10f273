namespace Campaigns.Domain.RedPackets;

/// <summary>Where a draw is written: an entry of a shard's stream.</summary>
/// <param name="Version">0: nowhere.</param>
public readonly record struct ClaimPlace(int Shard, long Version)
{
    public bool IsNone => Version == 0;
}

/// <summary>How many draws, and where the latest of them is.</summary>
public readonly record struct ClaimTally(int Count, ClaimPlace Latest)
{
    /// <summary>The other's latest counts as the later one unless there is none.</summary>
    public ClaimTally Plus(ClaimTally other) =>
        new(Count + other.Count, other.Latest.IsNone ? Latest : other.Latest);
}

/// <summary>
/// A user's draws of one activity in the windows that limits speak of. Those of sealed shards travel with a draw that
/// goes on to the next shard.
/// </summary>
/// <param name="AsOf">The business day that day and month are counted for, since 1970-01-01; 0: not known.</param>
public readonly record struct UserClaims(
    ClaimTally Total, ClaimTally Month, ClaimTally Day, ClaimTally Round, int AsOf = 0)
{
    public UserClaims Plus(UserClaims other) => new(
        Total.Plus(other.Total), Month.Plus(other.Month), Day.Plus(other.Day), Round.Plus(other.Round),
        Math.Max(AsOf, other.AsOf));

    /// <summary>Counted for a day that is not earlier: what belongs to the day or month before is left out.</summary>
    public UserClaims On(int day) => AsOf == 0 || AsOf == day
        ? this with { AsOf = day }
        : this with
        {
            AsOf = day,
            Day = default,
            Month = day < BusinessMonth.Of(AsOf).Until ? Month : default,
        };
}
