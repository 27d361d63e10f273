using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Stocks;

/// <summary>
/// Something that happened to a stock: one entry of its stream, see <see cref="StockEntries"/> for its transfer.
/// </summary>
public abstract record StockEvent
{
    private protected StockEvent()
    {
    }

    public abstract EntryKind Kind { get; }

    public abstract void Write(PayloadWriter writer);

    public byte[] ToPayload()
    {
        var writer = new PayloadWriter();
        Write(writer);
        return writer.ToArray();
    }

    /// <summary>Reads the payload of any entry that a stock's stream holds.</summary>
    public static StockEvent Read(EntryKind kind, ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        StockEvent read = kind switch
        {
            EntryKind.StockOpened => StockOpened.Read(ref reader),
            EntryKind.StockFunded => StockFunded.Read(ref reader),
            EntryKind.StockHeld => StockHeld.Read(ref reader),
            EntryKind.StockConfirmed => StockConfirmed.Read(ref reader),
            EntryKind.StockReleased => StockReleased.Read(ref reader),
            EntryKind.StockExpired => StockExpired.Read(ref reader),
            EntryKind.StockReturned => StockReturned.Read(ref reader),
            EntryKind.StockRefunded => StockRefunded.Read(ref reader),
            EntryKind.StockClosed => StockClosed.Read(ref reader),
            EntryKind.QuotaRestored => QuotaRestored.Read(ref reader),
            _ => throw new FormatException($"A stock's stream holds an entry of kind {kind}."),
        };
        return reader.AtEnd ? read : throw new FormatException($"An entry of kind {kind} is longer than its layout.");
    }
}
