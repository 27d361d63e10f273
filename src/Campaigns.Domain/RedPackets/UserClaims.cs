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
public readonly record struct UserClaims(ClaimTally Total, ClaimTally Month, ClaimTally Day, ClaimTally Round)
{
    public UserClaims Plus(UserClaims other) => new(
        Total.Plus(other.Total), Month.Plus(other.Month), Day.Plus(other.Day), Round.Plus(other.Round));
}
