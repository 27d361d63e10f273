namespace Campaigns.Domain.RedPackets;

public sealed partial record RedPacketActivity
{
    /// <summary>
    /// The pool can count every limit itself: all of a user's draws that a limit speaks of lie in the shards that the
    /// user's draws pass. Limits that span rounds on several shards are decided by the user's grain instead.
    /// </summary>
    public bool IsLocal =>
        Shards == 1 || Rounds.Length == 1 || PerUser is { Total: null, PerDay: null, PerMonth: null };
}
