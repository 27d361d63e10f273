using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Stocks;

/// <summary>
/// Runs of orders in snapshots. An order is written as it was settled, without its refunds, so that a settled run
/// gives the same bytes for good whoever writes it and when.
/// </summary>
internal static class StockSegments
{
    /// <summary>Orders of one segment: some 300 KB, small beside a batch, few rows for a million orders.</summary>
    public const int Size = 4096;

    public static bool IsSettled(HoldTable holds, int segment)
    {
        if (holds.Count < (segment + 1) * Size)
            return false;
        for (var hold = segment * Size; hold < (segment + 1) * Size; hold++)
        {
            if (holds[hold].State == HoldState.Held)
                return false;
        }

        return true;
    }

    public static void Write(PayloadWriter writer, HoldTable holds, int from, int until)
    {
        writer.Unsigned((ulong)(until - from));
        for (var hold = from; hold < until; hold++)
        {
            ref var row = ref holds[hold];
            writer.Fixed128(row.Order.Value).Fixed128(row.User.Value).Fixed64(row.BodyHash).Fixed64(row.PaymentHash);
            writer.Signed(row.Amount).Signed(row.Payment).Signed(row.ExpiresAt);
            writer.Signed(row.Merchant).Signed(row.Day).Signed(row.Pieces);
            writer.Unsigned((ulong)(row.State == HoldState.Returned ? HoldState.Confirmed : row.State));
        }
    }

    public static void Read(ref PayloadReader reader, Action<HoldRow> found)
    {
        for (var left = reader.Unsigned(); left > 0; left--)
        {
            found(new HoldRow
            {
                Order = new StreamId(reader.Fixed128()),
                User = new StreamId(reader.Fixed128()),
                BodyHash = reader.Fixed64(),
                PaymentHash = reader.Fixed64(),
                Amount = reader.Signed(),
                Payment = reader.Signed(),
                ExpiresAt = reader.Signed(),
                Merchant = reader.Int32(),
                Day = reader.Int32(),
                Pieces = reader.Int32(),
                State = (HoldState)reader.Unsigned(),
            });
        }
    }
}
