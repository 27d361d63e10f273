using Campaigns.Domain.Values;

namespace Campaigns.Grains.Journal;

/// <summary>An entry before it has its place in the stream. Amounts: integer minor units.</summary>
internal readonly record struct EntryDraft(
    EntryKind Kind, byte[] Payload, StreamId Credit = default, string? Unit = null, long Amount = 0);
