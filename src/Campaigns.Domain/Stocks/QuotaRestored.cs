using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Stocks;

/// <summary>Why an order's quota came back to its user.</summary>
public enum QuotaReason
{
    /// <summary>Never valid.</summary>
    None = 0,
    Cancelled,
    Expired,
    Refunded,
}

/// <summary>
/// Tells the user's grain that an order came to nothing: credits the user with 1 of <see cref="StockTerms.QuotaUnit"/>,
/// minted here. Follows its cause in the same commit and changes nothing in the stock.
/// </summary>
public sealed record QuotaRestored(StreamId Order, LocalDate Day, QuotaReason Reason) : StockEvent
{
    public override EntryKind Kind => EntryKind.QuotaRestored;

    public override void Write(PayloadWriter writer) =>
        writer.Fixed128(Order.Value).Date(Day).Unsigned((ulong)Reason);

    public static QuotaRestored Read(ref PayloadReader reader) => new(
        new StreamId(reader.Fixed128()), reader.Date(), (QuotaReason)reader.Unsigned());
}
