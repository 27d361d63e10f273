using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.RedPackets;

/// <summary>Reads lists of denominations: <c>[{"amount": 888, "count": 5000}]</c>.</summary>
internal static class DenominationReader
{
    /// <summary>The denominations in the document's order; empty where there are none.</summary>
    public static ImmutableArray<Denomination> Optional(ObjectReader parent)
    {
        var amounts = ImmutableArray.CreateBuilder<Denomination>();
        var seen = new HashSet<long>();
        foreach (var reader in parent.OptionalObjects("amounts", 1, DocumentLimits.Denominations))
        {
            var amount = reader.Integer("amount", 1, DocumentLimits.Amount);
            var count = reader.Count("count", 1, DocumentLimits.Shards * RedPacketActivity.MaxPacketsPerShard);
            reader.Done();
            if (amount is { } value && !seen.Add(value))
            {
                reader.Fault("amount", $"{value} is listed twice");
            }

            amounts.Add(new Denomination(amount ?? 0, count ?? 0));
        }

        return amounts.ToImmutable();
    }

    public static bool AreSound(ImmutableArray<Denomination> amounts) =>
        !amounts.IsEmpty && amounts.All(one => one is { Amount: > 0, Count: > 0 });

    public static Int128 Total(ImmutableArray<Denomination> amounts)
    {
        Int128 total = 0;
        foreach (var (amount, count) in amounts)
        {
            total += (Int128)amount * count;
        }

        return total;
    }

    public static long Count(ImmutableArray<Denomination> amounts) => amounts.Sum(one => (long)one.Count);
}
