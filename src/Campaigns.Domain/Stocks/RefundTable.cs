using Campaigns.Domain.Payloads;

namespace Campaigns.Domain.Stocks;

/// <summary>One refund: which order, hash of its id, part of the payment, part of the grant.</summary>
internal readonly record struct RefundRow(int Hold, ulong Id, long Amount, long Value, bool Last);

/// <summary>All refunds of a stock in the order in which they came; each id counts once per order.</summary>
internal sealed class RefundTable
{
    private readonly List<RefundRow> _rows = [];
    private readonly Dictionary<(int Hold, ulong Id), int> _index = [];

    public IReadOnlyList<RefundRow> Rows => _rows;

    public RefundRow? Find(int hold, ulong id) => _index.TryGetValue((hold, id), out var row) ? _rows[row] : null;

    public void Add(RefundRow row)
    {
        _index.Add((row.Hold, row.Id), _rows.Count);
        _rows.Add(row);
    }

    public void Write(PayloadWriter writer)
    {
        writer.Unsigned((ulong)_rows.Count);
        foreach (var row in _rows)
        {
            writer.Signed(row.Hold).Fixed64(row.Id).Signed(row.Amount).Signed(row.Value).Flag(row.Last);
        }
    }

    public static void Read(ref PayloadReader reader, Action<RefundRow> found)
    {
        for (var left = reader.Unsigned(); left > 0; left--)
        {
            found(new RefundRow(
                reader.Int32(), reader.Fixed64(), reader.Signed(), reader.Signed(), reader.Flag()));
        }
    }
}
