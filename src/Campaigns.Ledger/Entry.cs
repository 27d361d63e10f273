using Campaigns.Domain.Values;

namespace Campaigns.Ledger;

/// <summary>
/// One row of the journal: an event of its stream, which may carry one transfer of value from the account that the
/// stream owns to <see cref="Credit"/>. Immutable; the payload is never written to after construction.
/// </summary>
public sealed record Entry
{
    public required StreamId Stream { get; init; }

    /// <summary>1 for a stream's first entry; gapless.</summary>
    public required long Version { get; init; }

    /// <summary>Milliseconds since the Unix epoch, UTC; never less than that of the stream's last entry.</summary>
    public required long At { get; init; }

    public required EntryKind Kind { get; init; }

    /// <summary>The account that receives <see cref="Amount"/>, or <see cref="StreamId.None"/>.</summary>
    public StreamId Credit { get; init; }

    /// <summary>The unit of <see cref="Amount"/>; null where nothing is transferred.</summary>
    public string? Unit { get; init; }

    /// <summary>Integer minor units; 0 where nothing is transferred.</summary>
    public long Amount { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Keyed hash over this entry and its predecessor's chain, see <see cref="ChainKey"/>.</summary>
    public required Chain Chain { get; init; }

    /// <summary>True for a row that the database holds in a form in which nobody wrote it.</summary>
    public bool IsUnreadable => Kind == EntryKind.None && Chain == Chain.Unreadable;

    /// <summary>
    /// Takes the place of such a row: one damaged row fails who verifies it, not the query that it came with.
    /// </summary>
    internal static Entry Unreadable(StreamId stream, long version, long at) => new()
    {
        Stream = stream,
        Version = version,
        At = at,
        Kind = EntryKind.None,
        Payload = ReadOnlyMemory<byte>.Empty,
        Chain = Chain.Unreadable,
    };
}
