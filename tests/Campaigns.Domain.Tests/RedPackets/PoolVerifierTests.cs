using Campaigns.Domain.Payloads;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using static Campaigns.Domain.Tests.RedPackets.Activities;

namespace Campaigns.Domain.Tests.RedPackets;

public sealed class PoolVerifierTests
{
    private readonly RedPacketActivity _activity = Computed(400, 8, 1, 100, rounds: 2);
    private readonly ShardedPool _pool;
    private readonly List<PoolEntry> _entries;

    /// <summary>Versions: 1 opened, 2 and 3 draws, 4 to 9 draws of the second round, 10 sealed, 11 closed.</summary>
    public PoolVerifierTests()
    {
        _pool = new ShardedPool(_activity, "verify");
        for (var user = 0; user < 9; user++)
        {
            _pool.Draw(user, new DrawCommand
            {
                User = User(user),
                KeyHash = (ulong)user,
                BodyHash = 0,
                Now = user < 2 ? At(1) : At(61),
                Day = 20_854,
                DefinitionVersion = 1,
            });
        }

        _pool.Shards[0].Close().ShouldBeTrue();
        _entries = [.. _pool.Shards[0].Entries];
    }

    [Fact]
    public void UntouchedPool_HasNoDifferences()
    {
        var verified = Verify();

        verified.Differences.ShouldBeEmpty();
        verified.Draws.ShouldBe(8);
        verified.Issued.ShouldBe(400);
    }

    [Fact]
    public void AlteredAmount_IsNamed()
    {
        _entries[4] = _entries[4] with { Amount = _entries[4].Amount + 1 };

        Verify().Differences.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            difference => difference.Version.ShouldBe(5),
            difference => difference.What.ShouldContain("packet 1 of round r1"));
    }

    [Fact]
    public void AnotherSeedThanCommitted_IsNamed()
    {
        var (shown, published) = (SeedOf("another"), _pool.Revealed(_pool.Seeds[1], 1).Published);

        var verified = Verify([_pool.Revealed(_pool.Seeds[0], 0), new RevealedRound(shown, published)]);

        verified.Differences[0].What.ShouldContain("published commitment");
        verified.Differences.Length.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void AnotherDefinitionThanCommitted_IsNamed()
    {
        var rounds = _pool.Seeds.Select(_pool.Revealed).ToList();

        PoolVerifier.Verify(CampaignId, _activity with { Max = 99 }, rounds, 0, _entries, finished: true)
            .Differences.ShouldContain(difference => difference.What.Contains("published commitment"));
    }

    [Fact]
    public void SwappedDraws_AreNamed()
    {
        (_entries[4], _entries[5]) = (
            _entries[5] with { Version = 5 }, _entries[4] with { Version = 6 });

        Verify().Differences.Select(difference => difference.Version).ShouldContain(5);
    }

    [Fact]
    public void MissingDraw_IsNamed()
    {
        _entries.RemoveAt(4);

        Verify().Differences.Select(difference => difference.Version).ShouldBe([6, 6]);
    }

    [Fact]
    public void MissingTail_OfAFinishedPool_IsNamed()
    {
        _entries.RemoveRange(8, 3);

        Verify().Differences.ShouldHaveSingleItem().What.ShouldContain("1 packets of round r0");
    }

    [Fact]
    public void UnreadablePayload_IsNamedAndDoesNotThrow()
    {
        _entries[4] = _entries[4] with { Payload = _entries[4].Payload[..9] };
        _entries[6] = _entries[6] with { Payload = (byte[])[.. _entries[6].Payload.Span, 0] };
        _entries[7] = _entries[7] with { Kind = EntryKind.CheckedIn };

        var found = Verify().Differences;

        found.ShouldContain(difference => difference.Version == 5 && difference.What.Contains("unreadable"));
        found.ShouldContain(difference => difference.Version == 7 && difference.What.Contains("behind its payload"));
        found.ShouldContain(difference => difference.Version == 8 && difference.What.Contains("CheckedIn"));
    }

    [Fact]
    public void PacketsRoundsAndRefundsThatDoNotExist_AreNamed()
    {
        _entries[2] = _entries[2] with { Payload = Drawn(new PacketDrawn(1, 0, 0, 0, 4, 1, -1, 0, 1)) };
        _entries[3] = _entries[3] with { Payload = Drawn(new PacketDrawn(1, 0, 2, 0, 1, 1, -1, 0, 1)) };
        _entries[9] = _entries[9] with { Payload = Bytes(payload => new PacketRoundSealed(5).Write(payload)) };
        _entries.Insert(10, new PoolEntry(
            11, EntryKind.PacketRoundRefunded, Bytes(payload => new PacketRoundRefunded(0, 2).Write(payload)), 1));

        var found = Verify().Differences.Select(difference => difference.Version).ToList();

        found.ShouldContain(3);
        found.ShouldContain(4);
        found.ShouldContain(10);
        found.ShouldContain(11);
    }

    [Fact]
    public void Findings_AreBounded()
    {
        var entries = Enumerable.Range(1, 1000).Select(version =>
            new PoolEntry(version, EntryKind.CheckedIn, ReadOnlyMemory<byte>.Empty, 0));

        PoolVerifier.Verify(
                CampaignId, _activity, [.. _pool.Seeds.Select(_pool.Revealed)], 0, entries, finished: true)
            .Differences.Length.ShouldBe(PoolVerifier.MaxDifferences);
    }

    private PoolVerification Verify(IReadOnlyList<RevealedRound>? rounds = null) => PoolVerifier.Verify(
        CampaignId, _activity, rounds ?? [.. _pool.Seeds.Select(_pool.Revealed)], 0, _entries, finished: true);

    private static byte[] Drawn(PacketDrawn drawn) => Bytes(payload => drawn.Write(payload));

    private static byte[] Bytes(Action<PayloadWriter> write)
    {
        var payload = new PayloadWriter();
        write(payload);
        return payload.ToArray();
    }
}
