using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// A pool's money before it is cut into rounds: either total, count, min, max and split, or listed denominations, of
/// the activity or of each round, whose total, count, min and max may be given too and then have to fit.
/// </summary>
internal sealed record PacketMoney(
    long Total, int Count, long Min, long Max, Split Split, ImmutableArray<Denomination> Amounts)
{
    private const int MostPackets = DocumentLimits.Shards * RedPacketActivity.MaxPacketsPerShard;

    public static PacketMoney? ReadComputed(ObjectReader reader, List<RoundDraft>? rounds)
    {
        var total = reader.Integer("total", 1, DocumentLimits.Amount);
        var count = reader.Count("count", 1, MostPackets);
        var split = reader.Choice(
            "split", ("double-mean", Split.DoubleMean), ("uniform", Split.Uniform), ("fixed", Split.Fixed));
        var bounded = split is Split.DoubleMean or Split.Uniform;
        var min = bounded ? reader.Integer("min", 1, DocumentLimits.Amount) : ReadBound(reader, "min");
        var max = bounded ? reader.Integer("max", 1, DocumentLimits.Amount) : ReadBound(reader, "max");
        var sound = CheckCounts(reader, rounds, count);
        if (min > max)
        {
            reader.Fault("max", "is less than min");
            return null;
        }

        if (!sound || total is null || count is null || split is null)
        {
            return null;
        }

        return split == Split.Fixed
            ? Equal(reader, total.Value, count.Value, min, max)
            : Between(reader, total.Value, count.Value, min, max, split.Value);
    }

    public static PacketMoney? ReadListed(ObjectReader reader, List<RoundDraft>? rounds)
    {
        reader.Refuse("split", "does not go with listed amounts");
        var amounts = DenominationReader.Optional(reader);
        var sound = true;
        var total = reader.OptionalInteger("total", 1, DocumentLimits.Amount);
        var count = reader.OptionalCount("count", 1, MostPackets);
        var min = ReadBound(reader, "min");
        var max = ReadBound(reader, "max");
        if (rounds is not null)
        {
            sound = CheckListed(reader, rounds);
            amounts = Merge(rounds);
        }

        return sound && DenominationReader.AreSound(amounts) ? Listed(reader, amounts, total, count, min, max) : null;
    }

    public bool CanCut(long total, int count) => (Int128)Min * count <= total && total <= (Int128)Max * count;

    public Round OnlyRound(ActivityHead head) =>
        new(RedPacketActivity.OnlyRound, head.Opens, head.Closes, Count, Total, Amounts);

    /// <summary>
    /// Computed splits give each round its floor in proportion to the count, and the last one the rest.
    /// </summary>
    public ImmutableArray<Round> Rounds(List<RoundDraft> drafts)
    {
        var rounds = ImmutableArray.CreateBuilder<Round>(drafts.Count);
        var rest = Total;
        foreach (var draft in drafts)
        {
            var listed = draft.IsListed;
            var count = listed ? (int)DenominationReader.Count(draft.Amounts) : draft.Count!.Value;
            var share = listed
                ? (long)DenominationReader.Total(draft.Amounts)
                : (long)((Int128)Total * count / Count);
            share = rounds.Count == drafts.Count - 1 ? rest : share;
            rest -= share;
            rounds.Add(new Round(draft.Id!, draft.From!.Value, draft.Until!.Value, count, share, draft.Amounts));
        }

        return rounds.MoveToImmutable();
    }

    private static long? ReadBound(ObjectReader reader, string name) =>
        reader.OptionalInteger(name, 1, DocumentLimits.Amount);

    private static bool CheckCounts(ObjectReader reader, List<RoundDraft>? rounds, int? count)
    {
        if (rounds is null)
        {
            return true;
        }

        foreach (var round in rounds.Where(round => !round.Reader.Has("count")))
        {
            round.Reader.Fault("count", "is required");
        }

        if (count is null || rounds.Count == 0 || rounds.Exists(round => round.Count is null))
        {
            return false;
        }

        var sum = rounds.Sum(round => (long)round.Count!.Value);
        if (sum != count)
        {
            reader.Fault("count", $"is {count}, but the rounds' counts add up to {sum}");
        }

        return sum == count;
    }

    private static PacketMoney? Between(
        ObjectReader reader, long total, int count, long? min, long? max, Split split)
    {
        if (min is null || max is null)
        {
            return null;
        }

        var money = new PacketMoney(total, count, min.Value, max.Value, split, []);
        if (money.CanCut(total, count))
        {
            return money;
        }

        var (least, most) = ((Int128)min.Value * count, (Int128)max.Value * count);
        reader.Fault("total", $"is {total}, but {count} packets in [{min}, {max}] make {least} to {most}");
        return null;
    }

    private static PacketMoney? Equal(ObjectReader reader, long total, int count, long? min, long? max)
    {
        var (each, left) = Math.DivRem(total, count);
        if (left != 0 || each == 0)
        {
            reader.Fault("total", $"is not divisible by count, {count}");
            return null;
        }

        foreach (var (name, bound) in (ReadOnlySpan<(string, long?)>)[("min", min), ("max", max)])
        {
            if (bound is not null && bound != each)
            {
                reader.Fault(name, $"must be {each}, the amount of every packet, or absent");
            }
        }

        return new PacketMoney(total, count, each, each, Split.Fixed, []);
    }

    private static bool CheckListed(ObjectReader reader, List<RoundDraft> rounds)
    {
        if (reader.Has("amounts"))
        {
            reader.Fault("amounts", "each round lists its own amounts where there are rounds");
        }

        foreach (var round in rounds)
        {
            if (!round.IsListed)
            {
                round.Reader.Fault("amounts", "is required: other rounds, or the activity, list amounts");
            }
            else if (round.Count is { } count && round.IsSound
                && DenominationReader.Count(round.Amounts) is var sum && sum != count)
            {
                round.Reader.Fault("count", $"is {count}, but the amounts' counts add up to {sum}");
            }
        }

        return rounds.Count > 0 && rounds.TrueForAll(round => round.IsListed && round.IsSound);
    }

    private static ImmutableArray<Denomination> Merge(List<RoundDraft> rounds)
    {
        var merged = new SortedDictionary<long, long>();
        foreach (var (amount, packets) in rounds.SelectMany(round => round.Amounts))
        {
            merged[amount] = merged.GetValueOrDefault(amount) + packets;
        }

        return [.. merged.Select(one => new Denomination(one.Key, (int)Math.Min(one.Value, int.MaxValue)))];
    }

    private static PacketMoney? Listed(
        ObjectReader reader, ImmutableArray<Denomination> amounts, long? total, int? count, long? min, long? max)
    {
        var money = DenominationReader.Total(amounts);
        var packets = DenominationReader.Count(amounts);
        if (money > DocumentLimits.Amount || packets > MostPackets)
        {
            reader.Context.Fault(reader.Path, $"lists {packets} packets worth {money}: more than a pool may hold");
            return null;
        }

        if (total is not null && total != money)
        {
            reader.Fault("total", $"is {total}, but the amounts add up to {money}");
        }

        if (count is not null && count != packets)
        {
            reader.Fault("count", $"is {count}, but the amounts' counts add up to {packets}");
        }

        var (least, greatest) = (amounts.Min(one => one.Amount), amounts.Max(one => one.Amount));
        if (min > least)
        {
            reader.Fault("min", $"is more than the least amount, {least}");
        }

        if (max < greatest)
        {
            reader.Fault("max", $"is less than the greatest amount, {greatest}");
        }

        return new PacketMoney(
            (long)money, (int)packets, min ?? least, max ?? greatest, Split.Denominations, amounts);
    }
}
