using System.Buffers.Binary;
using Campaigns.LoadTests.Answers;

namespace Campaigns.LoadTests.Auditing;

/// <summary>
/// Discount orders: a reservation that was told is held with that amount, a confirmation that was told is issued, a
/// cancellation that was told has given back; no order is both confirmed and given back.
/// </summary>
internal sealed class OrderCheck : IJournalCheck
{
    // A held row's payload begins with the body's hash of 8 bytes, then the order's id; the others begin with the id.
    private const int IdOfHeld = 8;
    private const int IdLength = 16;

    private readonly OrderBooks _books;
    private readonly string _stock;
    private readonly UInt128 _stream;
    private readonly Dictionary<UInt128, int> _orders = [];
    private readonly Dictionary<string, long> _issued = new(StringComparer.Ordinal);
    private readonly Rows[] _rows;

    /// <param name="stock">campaign/activity/0.</param>
    public OrderCheck(OrderBooks books, string stock)
    {
        (_books, _stock, _stream) = (books, stock, AccountId.Pool(stock));
        _rows = new Rows[books.Reserved.Count];
        _orders.EnsureCapacity(_rows.Length);
        for (var order = 0; order < _rows.Length; order++)
        {
            _orders[AccountId.Of($"order/{books.Partner}/{books.OrderId(order)}")] = order;
        }
    }

    public IReadOnlyDictionary<string, long> Issued => _issued;

    public void Observe(JournalRow row, AuditFindings findings)
    {
        var held = row.Kind == "StockHeld";
        if (row.Stream != _stream
            || (!held && row.Kind is not ("StockConfirmed" or "StockReleased" or "StockExpired")))
        {
            return;
        }

        var id = BinaryPrimitives.ReadUInt128BigEndian(row.Payload.Slice(held ? IdOfHeld : 0, IdLength));
        if (!_orders.TryGetValue(id, out var order))
        {
            findings.Report("held for a stranger", $"{_stock} entry {row.Version}: order {id:x32}");
            return;
        }

        ref var rows = ref _rows[order];
        switch (row.Kind)
        {
            case "StockHeld":
                rows.Held++;
                rows.Amount = row.Amount;
                break;
            case "StockConfirmed":
                rows.Confirmed++;
                _issued[_stock] = _issued.GetValueOrDefault(_stock) + row.Amount;
                break;
            default:
                rows.Released++;
                break;
        }
    }

    public void Finish(AuditFindings findings)
    {
        long reserved = 0, confirmed = 0, cancelled = 0;
        for (var order = 0; order < _rows.Length; order++)
        {
            var (rows, name) = (_rows[order], _books.OrderId(order));
            if (rows.Held > 1 || rows.Confirmed > 1 || rows.Released > 1 || rows is { Confirmed: > 0, Released: > 0 })
            {
                findings.Report(
                    "had two ends",
                    $"{name}: held {rows.Held}, confirmed {rows.Confirmed}, released {rows.Released}");
            }

            var told = _books.Reserved[order];
            reserved += told.Said == Said.Done ? 1 : 0;
            if (told.Said == Said.Done && (rows.Held == 0 || rows.Amount != told.Amount))
            {
                findings.Report(
                    "told something else", $"{name} was told {told.Amount} off, the ledger holds {rows.Amount}");
            }

            if (told.Said == Said.Refused && rows.Held > rows.Released)
            {
                findings.Report("told no and held", $"{name}: {rows.Amount}");
            }

            confirmed += Ended(_books.Confirmed[order], rows.Confirmed, "confirmed", name, findings);
            cancelled += Ended(_books.Cancelled[order], rows.Released, "cancelled", name, findings);
        }

        findings.Note(
            $"orders: {_rows.Length} asked, told {reserved} reserved, {confirmed} confirmed, {cancelled} cancelled; "
            + $"in the ledger {_rows.Sum(rows => rows.Held)} held, {_rows.Sum(rows => rows.Confirmed)} confirmed "
            + $"({_issued.Values.Sum()} fen), {_rows.Sum(rows => rows.Released)} given back");
    }

    private static int Ended(Told told, int rows, string what, string order, AuditFindings findings)
    {
        if (told.Said == Said.Done && rows == 0)
        {
            findings.Report("told and not in the ledger", $"{order} was told {what}");
        }

        return told.Said == Said.Done ? 1 : 0;
    }

    private struct Rows
    {
        public int Held;
        public int Confirmed;
        public int Released;
        public long Amount;
    }
}
