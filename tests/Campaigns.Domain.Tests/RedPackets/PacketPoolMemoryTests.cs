using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using Xunit.Abstractions;
using static Campaigns.Domain.Tests.RedPackets.Activities;

namespace Campaigns.Domain.Tests.RedPackets;

[Collection(nameof(Measured))]
public sealed class PacketPoolMemoryTests(ITestOutputHelper output)
{
    private const int Million = RedPacketActivity.MaxPacketsPerShard;

    [Fact]
    public void AMillionClaims_CostAtMost64BytesEach()
    {
        var pool = NewPool();
        var empty = GC.GetTotalMemory(forceFullCollection: true);

        Fill(pool);

        var perClaim = (GC.GetTotalMemory(forceFullCollection: true) - empty) / (double)Million;
        output.WriteLine($"{perClaim:F1} bytes per claim");
        pool.ClaimCount.ShouldBe(Million);
        perClaim.ShouldBeInRange(Claim.Size, 64);
    }

    [Fact]
    public void AMillionClaims_AreLoadedFromASnapshotWithinASecond()
    {
        var pool = NewPool();
        Fill(pool);
        var state = PacketPoolSnapshot.WriteState(pool);
        var segments = Enumerable.Range(0, PacketPoolSnapshot.Segments(pool))
            .Select(segment => (ReadOnlyMemory<byte>)PacketPoolSnapshot.WriteSegment(pool, segment)).ToList();
        PacketPool? loaded = null;

        var fastest = Measured.Fastest(() => loaded = PacketPoolSnapshot.Read(state, segments));

        output.WriteLine($"{fastest.TotalMilliseconds:F0} ms, state {state.Length} bytes, {segments.Count} segments");
        fastest.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        loaded!.Accounts.ShouldBe(pool.Accounts);
        foreach (var user in (int[])[0, 4095, 4096, 500_000, Million - 1])
        {
            loaded.FindKey(Id(user), (ulong)user, 0, At(0)).Original.ShouldBe(new ClaimPlace(0, user + 2));
            loaded.ClaimsOf(Id(user), 20_854, 0).Total.Count.ShouldBe(1);
        }
    }

    [Fact]
    public void FullSegments_NeverChange()
    {
        var pool = NewPool();
        Fill(pool, 10_000);
        var before = PacketPoolSnapshot.WriteSegment(pool, 1);

        Fill(pool, 20_000);

        PacketPoolSnapshot.Segments(pool).ShouldBe(4);
        PacketPoolSnapshot.WriteSegment(pool, 1).ShouldBe(before);
    }

    [Fact]
    public void UserWithoutLimits_OwningEveryClaim_StillFindsAKeyAtOnce()
    {
        var activity = Computed(Million * 5L, Million, 5, 5, Split.Fixed);
        var pool = NewPool();
        pool.UseSeeds(activity, [SeedOf("memory")]);
        for (var key = 0; key < 200_000; key++)
        {
            pool.Apply(
                new PacketDrawn(unchecked((ulong)key * 0x9E3779B97F4A7C15), 0, 0, 0, key, 20_854, -1, 0, 1), User(1), 5,
                key + 2);
        }

        var fastest = Measured.Fastest(() =>
        {
            for (var key = 0; key < 10_000; key++)
            {
                pool.Decide(
                    new DrawCommand
                    {
                        User = User(1),
                        KeyHash = (ulong)key,
                        BodyHash = 0,
                        Now = At(1),
                        Day = 20_854,
                        DefinitionVersion = 1,
                    },
                    activity).Result.ShouldBe(key == 0 ? DrawResult.Replay : DrawResult.Won);
            }
        });

        // Walking the user's claims each time would take minutes.
        fastest.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    private static PacketPool NewPool()
    {
        var activity = Computed(Million * 5L, Million, 5, 5, Split.Fixed);
        return new PacketPool(PacketPool.Open(CampaignId, activity, 1, 0, [SeedOf("memory")]));
    }

    private static void Fill(PacketPool pool, int until = Million)
    {
        for (var user = pool.ClaimCount; user < until; user++)
        {
            pool.Apply(new PacketDrawn((ulong)user, 0, 0, 0, user, 20_854, -1, 0, 1), Id(user), 5, user + 2);
        }
    }

    // Spread like hashes, without the cost of a million of them.
    private static StreamId Id(int user) => new(new UInt128((ulong)user, unchecked((ulong)user * 0x9E3779B97F4A7C15)));
}
