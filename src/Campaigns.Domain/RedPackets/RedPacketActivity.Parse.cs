using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.RedPackets;

public sealed partial record RedPacketActivity
{
    /// <summary>A split hardly reaches a max that is more than this many times its mean.</summary>
    private const int AttainableMeans = 10;

    /// <summary>The remainder is refunded, and there is one shard, unless the document says otherwise.</summary>
    internal static RedPacketActivity? Parse(ObjectReader reader, ActivityHead head)
    {
        var rounds = RoundDraft.Read(reader, head);
        var shards = reader.OptionalCount("shards", 1, DocumentLimits.Shards);
        var remainder = reader.OptionalChoice(
            "remainder", ("next-round", Remainder.NextRound), ("refund", Remainder.Refund));
        if (remainder == Remainder.NextRound && rounds is null)
        {
            reader.Fault("remainder", "there is no next round without rounds");
        }

        var listed = reader.Has("amounts") || (rounds?.Exists(round => round.IsListed) ?? false);
        var money = listed ? PacketMoney.ReadListed(reader, rounds) : PacketMoney.ReadComputed(reader, rounds);
        if (money is null)
        {
            return null;
        }

        if (head.CapTotal < money.Total)
        {
            reader.Context.Fault(reader.PathOf("caps") + ".total", $"is less than the packets' total, {money.Total}");
        }

        CheckAttainable(reader, money);
        if (rounds?.Exists(round => !round.IsSound) ?? false)
        {
            return null;
        }

        var cut = rounds is null ? [money.OnlyRound(head)] : money.Rounds(rounds);
        CheckRounds(reader, money, cut, shards ?? 1);
        return !reader.Clean
            ? null
            : new RedPacketActivity
            {
                Id = head.Id,
                Name = head.Name,
                Window = head.Window,
                Requires = head.Requires,
                Segments = head.Segments,
                PerUser = head.PerUser,
                CapTotal = head.CapTotal,
                Total = money.Total,
                Count = money.Count,
                Min = money.Min,
                Max = money.Max,
                Split = money.Split,
                Amounts = money.Amounts,
                Rounds = cut,
                Remainder = remainder ?? Remainder.Refund,
                Shards = shards ?? 1,
            };
    }

    private static void CheckRounds(ObjectReader reader, PacketMoney money, ImmutableArray<Round> rounds, int shards)
    {
        // The last shard gets what is left of each round, which is the count over the shards, rounded up.
        var fullest = rounds.Sum(round => ((long)round.Count + shards - 1) / shards);
        if (fullest > MaxPacketsPerShard)
        {
            reader.Fault("shards", $"one of {shards} would hold {fullest} packets; at most {MaxPacketsPerShard}");
        }

        if (money.Split is not (Split.DoubleMean or Split.Uniform))
        {
            return;
        }

        for (var i = 0; i < rounds.Length; i++)
        {
            var (count, share) = (rounds[i].Count, rounds[i].Total);
            if (!money.CanCut(share, count))
            {
                reader.Context.Fault(
                    JsonPath.Index(reader.PathOf("rounds"), i),
                    $"{count} packets in [{money.Min}, {money.Max}] cannot make its share, {share}");
            }
        }
    }

    private static void CheckAttainable(ObjectReader reader, PacketMoney money)
    {
        if (money.Split is Split.DoubleMean or Split.Uniform
            && (Int128)money.Max * money.Count > (Int128)AttainableMeans * money.Total)
        {
            reader.Context.Warn(
                WarningCode.MaxUnattainable,
                reader.PathOf("max"),
                $"{money.Max} is over {AttainableMeans} times the mean: advertise a maximum only with denominations");
        }
    }
}
