using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.RedPackets;

/// <summary>One user's wish for a packet, its conditions already decided by the caller.</summary>
public readonly record struct DrawCommand
{
    public required StreamId User { get; init; }

    public required ulong KeyHash { get; init; }

    public required ulong BodyHash { get; init; }

    /// <summary>The round's id, or null for the one that is open.</summary>
    public string? Round { get; init; }

    public required Instant Now { get; init; }

    /// <summary>
    /// Business day of <see cref="Now"/> in the campaign's zone, counted from 1970-01-01. Where the user has drawn on a
    /// later one already, or was decided on for a later one, that one counts.
    /// </summary>
    public required int Day { get; init; }

    /// <summary>Index of the user's segment in the document, or -1.</summary>
    public int Segment { get; init; }

    public long FactsVersion { get; init; }

    public required int DefinitionVersion { get; init; }

    /// <summary>The user's draws in shards that were asked before this one.</summary>
    public UserClaims Prior { get; init; }

    /// <summary>The user's grain has decided the limits: the pool minds its stock and the operation only.</summary>
    public bool LimitsDecided { get; init; }

    /// <summary>
    /// The caller has asked the shards after this one for the key, see <see cref="DrawResult.KeyMayBeElsewhere"/>.
    /// </summary>
    public bool KeyUnknownElsewhere { get; init; }

    /// <summary>When a round without times of its own opens for this user, where that is before its start.</summary>
    public Instant? EarlyFrom { get; init; }

    /// <summary>
    /// The same wish for the next shard of the user's order. The round is pinned: were it looked up again, a round
    /// that began in between would be drawn from out of order, where its limits cannot see the draw.
    /// </summary>
    public DrawCommand GoOn(in DrawAnswer empty, RedPacketActivity activity) =>
        this with { Round = activity.Rounds[empty.Round].Id, Prior = empty.Claims };
}
