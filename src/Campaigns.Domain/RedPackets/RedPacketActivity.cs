using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using NodaTime;

namespace Campaigns.Domain.RedPackets;

/// <summary>A finite pool of money cut into packets whose amounts and order come from a committed seed.</summary>
public sealed partial record RedPacketActivity : Activity
{
    public const string TypeName = "red-packet";

    /// <summary>Rounds of a document without rounds.</summary>
    public const string OnlyRound = "main";

    /// <summary>The most packets that one shard may hold.</summary>
    public const int MaxPacketsPerShard = 1_000_000;

    /// <summary>The most shards of one activity.</summary>
    public const int MaxShards = 64;

    public override string Type => TypeName;

    /// <summary>Minor units, all rounds and shards together.</summary>
    public required long Total { get; init; }

    public required int Count { get; init; }

    /// <summary>Least packet, minor units.</summary>
    public required long Min { get; init; }

    /// <summary>Greatest packet, minor units.</summary>
    public required long Max { get; init; }

    public required Split Split { get; init; }

    /// <summary>Listed denominations where <see cref="Split"/> says so, else empty.</summary>
    public required ImmutableArray<Denomination> Amounts { get; init; }

    /// <summary>At least one; a document without rounds has <see cref="OnlyRound"/> over the whole window.</summary>
    public required ImmutableArray<Round> Rounds { get; init; }

    public required Remainder Remainder { get; init; }

    /// <summary>1 to 64.</summary>
    public required int Shards { get; init; }
}

public sealed record Denomination(long Amount, int Count);

/// <param name="Total">Minor units: in proportion to <paramref name="Count"/>, the last round takes the rest.</param>
/// <param name="Amounts">Denominations of this round; empty for a computed split.</param>
public sealed record Round(
    string Id, Instant From, Instant Until, int Count, long Total, ImmutableArray<Denomination> Amounts);

public enum Split
{
    /// <summary>Never valid.</summary>
    None = 0,

    /// <summary>Each packet uniform around the mean of what remains, up to twice that mean.</summary>
    DoubleMean,

    /// <summary>All lists of amounts in [min, max] with the given sum equally likely.</summary>
    Uniform,

    /// <summary>All packets equal.</summary>
    Fixed,

    /// <summary>Listed amounts, in random order.</summary>
    Denominations,
}

/// <summary>Where undrawn packets of a finished round go.</summary>
public enum Remainder
{
    /// <summary>Never valid.</summary>
    None = 0,
    NextRound,
    Refund,
}
