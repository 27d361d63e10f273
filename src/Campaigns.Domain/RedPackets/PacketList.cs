using Campaigns.Domain.Fairness;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// The amounts of one shard's packets of one round, minor units, in the order in which they are drawn. A pure function
/// of terms, seed and shard; their sum is the shard's share to the fen.
/// </summary>
public sealed class PacketList
{
    private readonly int[]? _narrow;
    private readonly long[]? _wide;

    private PacketList(long[] amounts)
    {
        Count = amounts.Length;
        foreach (var amount in amounts)
        {
            Total = checked(Total + amount);
        }

        if (Array.TrueForAll(amounts, static amount => amount <= int.MaxValue))
        {
            _narrow = Array.ConvertAll(amounts, static amount => (int)amount);
        }
        else
        {
            _wide = amounts;
        }
    }

    public int Count { get; }

    /// <summary>Minor units.</summary>
    public long Total { get; }

    public long this[int index] => _narrow is not null ? _narrow[index] : _wide![index];

    public static PacketList Deal(RoundTerms terms, Seed seed, int shard)
    {
        var share = ShardShare.Of(terms, seed, shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share.Count, RedPacketActivity.MaxPacketsPerShard);
        var amounts = new long[share.Count];
        using var stream = new SeedStream(seed, $"packets/{shard}");
        switch (terms.Split)
        {
            case Split.Fixed:
                Array.Fill(amounts, terms.Min);
                break;
            case Split.DoubleMean:
                DoubleMeanSplit.Fill(amounts, share.Total, terms.Min, terms.Max, stream);
                break;
            case Split.Uniform:
                UniformSplit.Fill(amounts, share.Total, terms.Min, terms.Max, stream);
                break;
            case Split.Denominations:
                FillDenominations(amounts, share, stream);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(terms));
        }

        var list = new PacketList(amounts);
        return list.Total == share.Total
            ? list
            : throw new InvalidOperationException(
                $"Packets of {terms.RoundId} are worth {list.Total}, not {share.Total}.");
    }

    private static void FillDenominations(long[] amounts, ShardShare share, SeedStream stream)
    {
        var next = 0;
        foreach (var (amount, count) in share.Amounts)
        {
            amounts.AsSpan(next, count).Fill(amount);
            next += count;
        }

        stream.Shuffle(amounts.AsSpan());
    }
}
