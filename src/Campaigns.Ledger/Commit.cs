using Campaigns.Domain.Values;

namespace Campaigns.Ledger;

/// <summary>
/// Entries of one stream that become durable together or not at all. The first has version
/// <see cref="ExpectedVersion"/> + 1 and follows <see cref="ExpectedChain"/>; the rest follow without gaps.
/// </summary>
public sealed record Commit(StreamId Stream, long ExpectedVersion, Chain ExpectedChain, IReadOnlyList<Entry> Entries);
