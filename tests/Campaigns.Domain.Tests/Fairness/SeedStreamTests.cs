using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Campaigns.Domain.Fairness;

namespace Campaigns.Domain.Tests.Fairness;

public sealed class SeedStreamTests
{
    private static readonly Seed Known = Seed.Parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    [Fact]
    public void Words_OfAKnownSeed_AreTheDocumentedOnes()
    {
        using var stream = new SeedStream(Known, "packets/0");

        var words = Enumerable.Range(0, 10).Select(_ => stream.NextWord()).ToArray();

        words.ShouldBe(DocumentedWords("packets/0", 2).Take(10));
        words[..3].ShouldBe([0x1C50D009, 0x88A3C885, 0x9F7B6D1D]);
    }

    [Fact]
    public void Words_OfAnotherLabel_Differ()
    {
        using var one = new SeedStream(Known, "packets/1");
        using var other = new SeedStream(Known, "packets/11");

        one.NextWord().ShouldNotBe(other.NextWord());
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(6UL)]
    [InlineData(0x8000_0001UL)]
    [InlineData(0xFFFF_FFFFUL)]
    [InlineData(0x1_0000_0000UL)]
    [InlineData(0xC000_0000_0000_0001UL)]
    public void Below_AnyBound_FollowsTheDocumentedRejection(ulong bound)
    {
        using var stream = new SeedStream(Known, "below");
        var words = new Queue<uint>(DocumentedWords("below", 200));

        for (var draw = 0; draw < 300; draw++)
        {
            stream.Below(bound).ShouldBe(DocumentedBelow(words, bound));
        }
    }

    [Fact]
    public void Below_ZeroBound_Throws()
    {
        using var stream = new SeedStream(Known, "below");

        Should.Throw<ArgumentOutOfRangeException>(() => stream.Below(0));
    }

    [Fact]
    public void Between_WholeRange_DoesNotOverflow()
    {
        using var stream = new SeedStream(Known, "between");

        var draws = Enumerable.Range(0, 64).Select(_ => stream.Between(long.MinValue, long.MaxValue)).ToArray();

        draws.ShouldContain(draw => draw < 0);
        draws.ShouldContain(draw => draw > 0);
        stream.Between(-3, -3).ShouldBe(-3);
    }

    [Fact]
    public void Shuffle_OfFour_MakesEveryOrderEquallyOften()
    {
        using var stream = new SeedStream(Known, "shuffle");
        var seen = new Dictionary<string, long>();
        for (var round = 0; round < 24_000; round++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            stream.Shuffle(items.AsSpan());
            var order = new string(items);
            seen[order] = seen.GetValueOrDefault(order) + 1;
        }

        ChiSquare.ShouldFit(seen.Values, expected: 1000, outcomes: 24);
    }

    [Fact]
    public void Draws_AfterTheFirst_AllocateNothing()
    {
        using var stream = new SeedStream(Known, "allocations");
        stream.Below(10);

        // The least of some passes: in one the runtime itself may allocate, as when it compiles the loop anew.
        Enumerable.Range(0, 5).Min(_ => Allocated(stream)).ShouldBe(0);
    }

    private static long Allocated(SeedStream stream)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var draw = 0; draw < 10_000; draw++)
        {
            stream.Below(1000);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static IEnumerable<uint> DocumentedWords(string label, int blocks)
    {
        for (ulong counter = 0; counter < (ulong)blocks; counter++)
        {
            var tail = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(tail, counter);
            byte[] message = [.. Encoding.ASCII.GetBytes(label), .. tail];
            var block = HMACSHA256.HashData(Known.ToArray(), message);
            for (var word = 0; word < 8; word++)
            {
                yield return BinaryPrimitives.ReadUInt32BigEndian(block.AsSpan(4 * word));
            }
        }
    }

    private static ulong DocumentedBelow(Queue<uint> words, ulong bound)
    {
        var bits = bound < 1UL << 32 ? 32 : 64;
        var range = UInt128.One << bits;
        while (true)
        {
            UInt128 word = words.Dequeue();
            word = bits == 64 ? (word << 32) | words.Dequeue() : word;
            var product = word * bound;
            if (product % range >= range % bound)
            {
                return (ulong)(product >> bits);
            }
        }
    }
}
