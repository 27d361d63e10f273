using Campaigns.Domain.Fairness;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Tests.Fairness;
using static Campaigns.Domain.Tests.RedPackets.Activities;

namespace Campaigns.Domain.Tests.RedPackets;

/// <summary>Against exact enumeration, exact moments or symmetry; seeds are fixed, so a failure repeats.</summary>
public sealed class SplitDistributionTests
{
    [Theory]
    [InlineData(2, 10, 1, 9)]
    [InlineData(3, 12, 1, 10)]
    [InlineData(3, 12, 2, 6)]
    [InlineData(4, 9, 0, 9)]
    [InlineData(4, 10, 1, 4)]
    [InlineData(5, 12, 1, 5)]
    [InlineData(6, 9, 0, 3)]
    [InlineData(7, 4, 0, 1)]
    [InlineData(9, 12, 1, 4)]
    public void Uniform_SmallCase_MakesEveryListEquallyOften(int count, long total, long min, long max)
    {
        var lists = Enumerate(count, total, min, max).ToDictionary(list => list, _ => 0L);
        var draws = 300 * lists.Count;
        using var stream = new SeedStream(SeedOf($"uniform {count} {total} {min} {max}"), "test");
        var amounts = new long[count];

        for (var draw = 0; draw < draws; draw++)
        {
            UniformSplit.Fill(amounts, total, min, max, stream);
            lists[string.Join(',', amounts)]++;
        }

        ChiSquare.ShouldFit(lists.Values, expected: 300, outcomes: lists.Count);
    }

    /// <summary>
    /// Without a binding maximum the amounts above min are a uniform composition, whose single amount x has probability
    /// C(e - x + n - 2, n - 2) / C(e + n - 1, n - 1): its mean square is exact.
    /// </summary>
    [Theory]
    [InlineData(1000, 100_000)]
    [InlineData(1025, 30_000)]
    [InlineData(200_000, 20_000_000)]
    [InlineData(200_000, 40_000)]
    public void Uniform_LargeCase_HasTheExactVariance(int count, long total)
    {
        var repeats = Math.Max(1, 1_000_000 / count);
        using var stream = new SeedStream(SeedOf($"variance {count} {total}"), "test");
        var amounts = new long[count];
        var squares = 0.0;

        for (var repeat = 0; repeat < repeats; repeat++)
        {
            UniformSplit.Fill(amounts, total, 0, total, stream);
            squares += amounts.Sum(amount => (double)amount * amount);
        }

        var (n, e) = ((double)count, (double)total);
        var exact = (e / n) + (2 * e * (e - 1) / (n * (n + 1)));
        var spread = Math.Sqrt(((24 * Math.Pow(e / n, 4)) + (e / n)) / (n * repeats));
        (squares / (n * repeats)).ShouldBe(exact, 5 * spread);
    }

    [Fact]
    public void Uniform_MaximumTwiceTheMean_IsFlatOverTheWholeRange()
    {
        const int count = 100_000;
        using var stream = new SeedStream(SeedOf("flat"), "test");
        var amounts = new long[count];

        UniformSplit.Fill(amounts, total: 10L * count, min: 0, max: 20, stream);

        var seen = Enumerable.Range(0, 21).Select(amount => amounts.LongCount(one => one == amount)).ToArray();
        ChiSquare.ShouldFit(seen, Enumerable.Repeat(count / 21.0, 21).ToArray());
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(1, 150)]
    [InlineData(80, 400)]
    public void DoubleMean_EveryPosition_HasTheSameMean(long min, long max)
    {
        const int count = 50;
        const int repeats = 40_000;
        using var stream = new SeedStream(SeedOf($"double mean {min} {max}"), "test");
        var amounts = new long[count];
        var sums = new double[count];
        var squares = new double[count];
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            DoubleMeanSplit.Fill(amounts, total: 5017, min, max, stream);
            for (var position = 0; position < count; position++)
            {
                sums[position] += amounts[position];
                squares[position] += (double)amounts[position] * amounts[position];
            }
        }

        for (var position = 0; position < count; position++)
        {
            var mean = sums[position] / repeats;
            var deviation = Math.Sqrt(((squares[position] / repeats) - (mean * mean)) / repeats);
            mean.ShouldBe(5017.0 / count, 5 * deviation, $"position {position}");
        }
    }

    [Fact]
    public void DoubleMean_FirstPacket_ReachesTwiceTheMeanAndTheMinimum()
    {
        using var stream = new SeedStream(SeedOf("range"), "test");
        var amounts = new long[10];
        var first = new HashSet<long>();
        for (var repeat = 0; repeat < 2000; repeat++)
        {
            DoubleMeanSplit.Fill(amounts, total: 100, min: 1, max: 100, stream);
            first.Add(amounts[0]);
        }

        first.Order().ShouldBe(Enumerable.Range(1, 19).Select(amount => (long)amount));
    }

    [Fact]
    public void Denominations_EveryPosition_IsAsLikelyToHoldTheGrandPacket()
    {
        var seen = new long[12];
        for (var repeat = 0; repeat < 6000; repeat++)
        {
            var terms = RoundTerms.Of(CampaignId, Listed([new(1, 11), new(2019, 1)], shards: 3), 0);
            for (var shard = 0; shard < 3; shard++)
            {
                var list = PacketListTests.Amounts(PacketList.Deal(terms, SeedOf($"grand {repeat}"), shard));
                if (Array.IndexOf(list, 2019) is >= 0 and var position)
                {
                    seen[(4 * shard) + position]++;
                }
            }
        }

        ChiSquare.ShouldFit(seen, expected: 500, outcomes: 12);
    }

    private static IEnumerable<string> Enumerate(int count, long total, long min, long max)
    {
        if (count == 1)
        {
            return total >= min && total <= max ? [$"{total}"] : [];
        }

        return
            from first in Enumerable.Range((int)min, (int)(max - min + 1))
            from rest in Enumerate(count - 1, total - first, min, max)
            select $"{first},{rest}";
    }
}
