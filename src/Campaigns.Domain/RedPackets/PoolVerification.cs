using System.Collections.Immutable;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.RedPackets;

/// <summary>A round's seed as revealed, and the commitment that was published before the round opened.</summary>
public sealed record RevealedRound(Seed Seed, Commitment Published);

/// <summary>An entry of a shard's stream, as the journal holds it.</summary>
/// <param name="Amount">The entry's transfer, minor units; 0 where it has none.</param>
public readonly record struct PoolEntry(long Version, EntryKind Kind, ReadOnlyMemory<byte> Payload, long Amount);

/// <summary>Something in a shard's stream that does not follow from seed and terms.</summary>
/// <param name="Version">The entry's, or 0 where it concerns the seeds or the end of the stream.</param>
public sealed record PoolDifference(int Shard, long Version, string What);

/// <summary>What recomputing a shard came to. Fair means: no difference.</summary>
/// <param name="Issued">Minor units.</param>
public sealed record PoolVerification(int Draws, long Issued, ImmutableArray<PoolDifference> Differences);
