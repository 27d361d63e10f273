using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.RedPackets;

/// <summary>Activities as a validated document would define them.</summary>
internal static class Activities
{
    public const string CampaignId = "ny2027";

    public static readonly Instant Start = Instant.FromUtc(2027, 2, 5, 12, 0);

    public static Instant At(int minutes) => Start + Duration.FromMinutes(minutes);

    public static Seed SeedOf(string name) => Seed.Of(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    public static StreamId User(int number) => StreamId.Of(StreamNames.User($"u{number}"));

    /// <summary>Rounds of equal counts, ten minutes each, one an hour.</summary>
    public static RedPacketActivity Computed(
        long total,
        int count,
        long min,
        long max,
        Split split = Split.DoubleMean,
        int rounds = 1,
        int shards = 1,
        Remainder remainder = Remainder.NextRound,
        UserLimits? perUser = null) =>
        Make(total, count, min, max, split, [], RoundsOf(rounds, count, total), shards, remainder, perUser);

    public static RedPacketActivity Listed(
        ImmutableArray<Denomination> amounts, int shards = 1, UserLimits? perUser = null) =>
        Listed([amounts], shards, Remainder.Refund, perUser);

    /// <summary>Each round with denominations of its own.</summary>
    public static RedPacketActivity Listed(
        ImmutableArray<ImmutableArray<Denomination>> rounds, int shards, Remainder remainder, UserLimits? perUser)
    {
        ImmutableArray<Denomination> all = [.. rounds.SelectMany(amounts => amounts)];
        var made = rounds.Select((amounts, round) => new Round(
            rounds.Length == 1 ? RedPacketActivity.OnlyRound : $"r{round}", At(60 * round), At((60 * round) + 10),
            amounts.Sum(one => one.Count), amounts.Sum(Worth), amounts));
        return Make(
            all.Sum(Worth), all.Sum(one => one.Count), all.Min(one => one.Amount), all.Max(one => one.Amount),
            Split.Denominations, all, [.. made], shards, remainder, perUser);
    }

    private static long Worth(Denomination one) => one.Amount * one.Count;

    private static RedPacketActivity Make(
        long total,
        int count,
        long min,
        long max,
        Split split,
        ImmutableArray<Denomination> amounts,
        ImmutableArray<Round> rounds,
        int shards,
        Remainder remainder,
        UserLimits? perUser) => new()
        {
            Id = "rain",
            Name = ImmutableSortedDictionary<string, string>.Empty,
            Requires = [],
            Segments = [],
            PerUser = perUser ?? UserLimits.None,
            Total = total,
            Count = count,
            Min = min,
            Max = max,
            Split = split,
            Amounts = amounts,
            Rounds = rounds,
            Remainder = remainder,
            Shards = shards,
        };

    private static ImmutableArray<Round> RoundsOf(int rounds, int count, long total)
    {
        if (rounds == 1)
        {
            return [new Round(RedPacketActivity.OnlyRound, At(0), At(10), count, total, [])];
        }

        var made = ImmutableArray.CreateBuilder<Round>();
        var (packets, money) = (0, 0L);
        for (var round = 0; round < rounds; round++)
        {
            var share = round == rounds - 1 ? count - packets : count / rounds;
            var worth = round == rounds - 1 ? total - money : (long)((Int128)total * share / count);
            made.Add(new Round($"r{round}", At(60 * round), At((60 * round) + 10), share, worth, []));
            packets += share;
            money += worth;
        }

        return made.ToImmutable();
    }
}
