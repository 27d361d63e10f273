using System.Collections.Immutable;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Stocks;

/// <summary>
/// A row that commits a stock's event. <see cref="Debit"/> is not stored: a stock's stream owns its own account, the
/// held account and the granted accounts of its merchants, and the kind says which of them pays.
/// </summary>
/// <param name="Debit">The account that pays; none where nothing is transferred or the unit is minted.</param>
/// <param name="Credit">The account that receives; none where nothing is transferred.</param>
public readonly record struct StockEntry(
    EntryKind Kind, StreamId Debit, StreamId Credit, string? Unit, long Amount, ReadOnlyMemory<byte> Payload);

/// <summary>
/// What each event of a stock writes: one row, and a second one that restores the user's quota where an order came to
/// nothing. A row moves money, or pieces where the stock has no money; the pieces of a stock with money follow from
/// its events.
/// <code>
/// StockHeld                     stock            -> stock/held
/// StockConfirmed                stock/held       -> stock/merchant/M, or the user
/// StockReleased, StockExpired   stock/held       -> stock; campaign once closed        + QuotaRestored -> user
/// StockReturned                 stock/merchant/M -> stock; campaign once closed        + QuotaRestored -> user (last)
/// StockClosed, StockRefunded    stock            -> campaign
/// </code>
/// What is not limited is minted by the stock's own account, which then runs below zero by what is held and issued,
/// and goes back there even after closing.
/// </summary>
public static class StockEntries
{
    internal static ImmutableArray<StockEntry> Of(HoldBook book, StockEvent decided)
    {
        if (decided is StockOpened)
            return [Bare(decided)];
        var terms = book.Terms;
        var (stock, held) = book.OwnAccounts;
        var limited = terms.Unit is null ? terms.PiecesLimited : terms.MoneyLimited;
        var home = book.IsClosed && limited ? terms.Campaign : stock;
        return decided switch
        {
            StockHeld e => [Row(terms, e, stock, held, e.Amount, e.Pieces)],
            StockConfirmed e => [Whole(book, e, e.Order, held, Payee(book, e.Order))],
            StockReleased e => [Whole(book, e, e.Order, held, home), .. Quota(book, e.Order, QuotaReason.Cancelled)],
            StockExpired e => [Whole(book, e, e.Order, held, home), .. Quota(book, e.Order, QuotaReason.Expired)],
            StockReturned e => Return(book, e, home),
            StockClosed e => [Row(terms, e, stock, terms.Campaign, e.Money, e.Pieces)],
            StockRefunded e => [Row(terms, e, stock, terms.Campaign, e.Money, e.Pieces)],
            _ => [Bare(decided)],
        };
    }

    private static StockEntry Bare(StockEvent decided) =>
        new(decided.Kind, StreamId.None, StreamId.None, null, 0, decided.ToPayload());

    private static StockEntry Row(
        StockTerms terms, StockEvent decided, StreamId debit, StreamId credit, long money, long pieces)
    {
        var amount = terms.Unit is null ? pieces : money;
        return amount == 0
            ? Bare(decided)
            : new StockEntry(decided.Kind, debit, credit, terms.Unit ?? Units.Pieces, amount, decided.ToPayload());
    }

    private static StockEntry Whole(HoldBook book, StockEvent decided, StreamId order, StreamId debit, StreamId credit)
    {
        var hold = Known(book, order);
        return Row(book.Terms, decided, debit, credit, hold.Amount, hold.Pieces);
    }

    private static ImmutableArray<StockEntry> Return(HoldBook book, StockReturned returned, StreamId home)
    {
        var pieces = returned.Last ? Known(book, returned.Order).Pieces : 0;
        var row = Row(book.Terms, returned, book.GrantedTo(returned.Order), home, returned.Value, pieces);
        return returned.Last ? [row, .. Quota(book, returned.Order, QuotaReason.Refunded)] : [row];
    }

    private static StreamId Payee(HoldBook book, StreamId order) =>
        book.Terms.Payee == StockPayee.User ? Known(book, order).User : book.GrantedTo(order);

    private static ImmutableArray<StockEntry> Quota(HoldBook book, StreamId order, QuotaReason reason)
    {
        if (book.Terms.QuotaUnit is not { } unit)
            return [];
        var hold = Known(book, order);
        var restored = new QuotaRestored(order, hold.Day, reason);
        return [new StockEntry(restored.Kind, StreamId.None, hold.User, unit, 1, restored.ToPayload())];
    }

    private static HoldView Known(HoldBook book, StreamId order) =>
        book.Find(order) ?? throw new InvalidOperationException($"The stock does not know order {order}.");
}
