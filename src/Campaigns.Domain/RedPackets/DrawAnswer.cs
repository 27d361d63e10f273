namespace Campaigns.Domain.RedPackets;

/// <summary>What a shard says to a <see cref="DrawCommand"/>; of several reasons the first listed is told.</summary>
public enum DrawResult
{
    /// <summary>Never a valid answer.</summary>
    None = 0,

    /// <summary>The key won before: answer from the entry at <see cref="DrawAnswer.Original"/>.</summary>
    Replay,

    /// <summary>The key won before with another body.</summary>
    KeyReused,

    /// <summary>
    /// The shard was sealed in some round, so the key may have won in a later shard. Ask those with
    /// <see cref="PacketPool.FindKey"/> in the user's order up to the first that was never sealed; if none knows it,
    /// decide again with <see cref="DrawCommand.KeyUnknownElsewhere"/>.
    /// </summary>
    KeyMayBeElsewhere,

    /// <summary>No round has the requested id.</summary>
    UnknownRound,
    NotStarted,
    Ended,

    /// <summary>A limit of one is used up, by the draw at <see cref="DrawAnswer.Original"/>.</summary>
    AlreadyDrawn,

    /// <summary>A limit of more than one is used up.</summary>
    QuotaExceeded,

    /// <summary>
    /// This shard has nothing for the round: commit <see cref="DrawAnswer.Seal"/> if there is one, then go on to the
    /// next shard with <see cref="DrawCommand.GoOn"/>. After the last one the round is exhausted.
    /// </summary>
    Empty,

    /// <summary>Commit <see cref="DrawAnswer.Drawn"/> with <see cref="DrawAnswer.Amount"/> to the user.</summary>
    Won,
}

/// <summary>A shard's answer and what belongs to it.</summary>
public readonly record struct DrawAnswer(DrawResult Result)
{
    public PacketDrawn? Drawn { get; init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; init; }

    public ClaimPlace Original { get; init; }

    /// <summary>To commit before going on; null where the shard is sealed already.</summary>
    public PacketRoundSealed? Seal { get; init; }

    /// <summary>Ordinal of the round that was meant, or -1.</summary>
    public int Round { get; init; } = -1;

    /// <summary>The user's draws here and in the shards asked before, as of before this draw.</summary>
    public UserClaims Claims { get; init; }

    /// <summary>Which limit is used up: <c>perRound</c>, <c>perDay</c>, <c>perMonth</c> or <c>total</c>.</summary>
    public string? Limit { get; init; }
}
