using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Stocks;

/// <summary>The stream's first entry: name and terms. No transfer.</summary>
public sealed record StockOpened(StockTerms Terms) : StockEvent
{
    public override EntryKind Kind => EntryKind.StockOpened;

    public override void Write(PayloadWriter writer) => Terms.Write(writer);

    public static StockOpened Read(ref PayloadReader reader) => new(StockTerms.Read(ref reader));
}

/// <summary>
/// The stock has met what its campaign gave it. No transfer: the campaign's own entry carried the money, this one
/// records how far the stock has seen that stream, so that every later debit rests on recorded credit.
/// </summary>
/// <param name="FundingVersion">The campaign's entry that brought the share; each counts once.</param>
/// <param name="Money">Minor units added; 0 where money is not limited.</param>
/// <param name="Pieces">Pieces added; 0 where pieces are not limited.</param>
/// <param name="PiecesPerDay">The daily bound from now on; null: none.</param>
public sealed record StockFunded(long FundingVersion, long Money, long Pieces, int? PiecesPerDay) : StockEvent
{
    public override EntryKind Kind => EntryKind.StockFunded;

    public override void Write(PayloadWriter writer) =>
        writer.Signed(FundingVersion).Signed(Money).Signed(Pieces).Signed(PiecesPerDay ?? -1L);

    public static StockFunded Read(ref PayloadReader reader) => new(
        reader.Signed(), reader.Signed(), reader.Signed(), reader.Int32() is >= 0 and var perDay ? perDay : null);
}

/// <summary>
/// Funding that reached the closed stock goes straight back: stock to campaign, <paramref name="Money"/>.
/// </summary>
public sealed record StockRefunded(long FundingVersion, long Money, long Pieces) : StockEvent
{
    public override EntryKind Kind => EntryKind.StockRefunded;

    public override void Write(PayloadWriter writer) => writer.Signed(FundingVersion).Signed(Money).Signed(Pieces);

    public static StockRefunded Read(ref PayloadReader reader) => new(
        reader.Signed(), reader.Signed(), reader.Signed());
}

/// <summary>
/// No more holds; what remained goes back: stock to campaign, <paramref name="Money"/>. Holds that still stand may be
/// confirmed; what comes back from now on goes to the campaign.
/// </summary>
public sealed record StockClosed(long Money, long Pieces) : StockEvent
{
    public override EntryKind Kind => EntryKind.StockClosed;

    public override void Write(PayloadWriter writer) => writer.Signed(Money).Signed(Pieces);

    public static StockClosed Read(ref PayloadReader reader) => new(reader.Signed(), reader.Signed());
}
