using Campaigns.Domain.Values;

namespace Campaigns.Ledger;

/// <summary>
/// Asks for a stream's state: snapshot, entries behind it, and the credits that its account received.
/// </summary>
/// <param name="Stream">The stream, and the account of the same id.</param>
/// <param name="WithCredits">False where the owner does not look at credits (saves the index look-up).</param>
/// <param name="Format">The only <see cref="Snapshot.Format"/> that its reader understands; null takes the newest of
/// any.</param>
public readonly record struct LoadRequest(StreamId Stream, bool WithCredits, int? Format = null);

/// <summary>Asks for the credits of an account that its owner has not folded in.</summary>
/// <param name="Cursor">For each source stream the last version seen; a stream that is missing was never seen.</param>
public readonly record struct CreditRequest(StreamId Account, IReadOnlyDictionary<StreamId, long> Cursor);

/// <summary>A stream as it was at one instant of the database.</summary>
/// <param name="Snapshot">The newest snapshot that this code can read, or null; a cache, never the truth.</param>
/// <param name="Tail">The entries after the snapshot, in order, gapless.</param>
/// <param name="Credits">
/// Entries of other streams that credit this account and are not covered by the snapshot's cursor, ordered by
/// (stream, version).
/// </param>
public sealed record StreamLoad(
    StreamId Stream, Snapshot? Snapshot, IReadOnlyList<Entry> Tail, IReadOnlyList<Entry> Credits);

/// <summary>
/// A stream's last version and its chain; version 0 and <see cref="Chain.Start"/> where it has no entry.
/// </summary>
public readonly record struct StreamHead(StreamId Stream, long Version, Chain Chain);

/// <summary>What <see cref="ILedger.ProbeAsync"/> saw.</summary>
/// <param name="Chains">Null where there is no such entry.</param>
public sealed record JournalProbe(IReadOnlyList<StreamHead> Heads, IReadOnlyList<Chain?> Chains);

/// <summary>
/// What a stream had become at <see cref="Version"/>. Large states are cut into <see cref="Segments"/>, which are
/// immutable: a segment of a given index never changes between snapshots of a stream with the same format. A load
/// ignores a snapshot that the journal does not confirm (another chain at its version) or that lacks a segment.
/// </summary>
/// <param name="Format">Version of the state's layout; a snapshot of another format is ignored by its reader.</param>
/// <param name="Version">The last entry folded in.</param>
/// <param name="Chain">That entry's chain.</param>
/// <param name="Cursor">For each source stream the last credit folded in.</param>
/// <param name="State">The part that changes with every snapshot.</param>
/// <param name="Segments">All segments in order on load; on save only those not saved before, see <see
/// cref="FirstSegment"/>.</param>
/// <param name="FirstSegment">Index of <c>Segments[0]</c>.</param>
public sealed record Snapshot(
    StreamId Stream,
    int Format,
    long Version,
    Chain Chain,
    IReadOnlyDictionary<StreamId, long> Cursor,
    ReadOnlyMemory<byte> State,
    IReadOnlyList<ReadOnlyMemory<byte>> Segments,
    int FirstSegment = 0);
