using Campaigns.Domain.Documents;
using Campaigns.Domain.RedPackets;
using static Campaigns.Domain.Tests.RedPackets.Activities;

namespace Campaigns.Domain.Tests.RedPackets;

public sealed class PacketPoolTests
{
    private const int Today = 20_854;

    [Fact]
    public void Won_TellsPacketAmountAndWhatItWasDecidedOn()
    {
        var activity = Computed(1000, 10, 1, 200);
        var shard = Single(activity);

        var answer = shard.Draw(Wish(1) with { Segment = 2, FactsVersion = 9, DefinitionVersion = 4 });

        var list = PacketList.Deal(RoundTerms.Of(CampaignId, activity, 0), SeedOf("s/main"), 0);
        answer.Result.ShouldBe(DrawResult.Won);
        answer.Amount.ShouldBe(list[0]);
        answer.Drawn.ShouldBe(new PacketDrawn(1, 0, 0, 0, 0, Today, 2, 9, 4));
        shard.Draw(Wish(2)).Drawn!.Packet.ShouldBe(1);
    }

    [Fact]
    public void SameKeyAndBody_AnswersTheFirstDraw_EvenAfterTheEnd()
    {
        var shard = Single(Computed(1000, 10, 1, 200));
        shard.Draw(Wish(1));
        shard.Draw(Wish(2));

        var again = shard.Draw(Wish(2) with { Now = At(500) });

        again.Result.ShouldBe(DrawResult.Replay);
        again.Original.ShouldBe(new ClaimPlace(0, 3));
        shard.Pool.ClaimCount.ShouldBe(2);
    }

    [Fact]
    public void SameKeyOtherBody_IsKeyReused()
    {
        var shard = Single(Computed(1000, 10, 1, 200));
        shard.Draw(Wish(1));

        shard.Draw(Wish(1) with { BodyHash = 1UL << 63 }).Result.ShouldBe(DrawResult.KeyReused);
    }

    [Fact]
    public void SameKeyOfAnotherUser_IsAnotherDraw()
    {
        var shard = Single(Computed(1000, 10, 1, 200));
        shard.Draw(Wish(1));

        shard.Draw(Wish(2) with { KeyHash = 1 }).Result.ShouldBe(DrawResult.Won);
    }

    [Theory]
    [InlineData(-1, null, DrawResult.NotStarted)]
    [InlineData(0, null, DrawResult.Won)]
    [InlineData(9, null, DrawResult.Won)]
    [InlineData(10, null, DrawResult.NotStarted)]
    [InlineData(60, null, DrawResult.Won)]
    [InlineData(130, null, DrawResult.Ended)]
    [InlineData(5, "r1", DrawResult.NotStarted)]
    [InlineData(65, "r0", DrawResult.Ended)]
    [InlineData(65, "r9", DrawResult.UnknownRound)]
    public void Rounds_OpenAndEndByTheClock(int minute, string? round, DrawResult expected)
    {
        var shard = Single(Computed(1000, 30, 1, 200, rounds: 3));

        shard.Draw(Wish(1) with { Now = At(minute), Round = round }).Result.ShouldBe(expected);
    }

    [Fact]
    public void EarlyAccess_OpensThePoolForThatUserOnly()
    {
        var shard = Single(Computed(1000, 30, 1, 200));
        var early = Wish(1) with { Now = At(-30), EarlyFrom = At(-60) };

        shard.Draw(early with { Now = At(-61) }).Result.ShouldBe(DrawResult.NotStarted);
        shard.Draw(early with { EarlyFrom = null }).Result.ShouldBe(DrawResult.NotStarted);
        shard.Draw(early).Result.ShouldBe(DrawResult.Won);
    }

    [Theory]
    [InlineData("perRound")]
    [InlineData("perDay")]
    [InlineData("perMonth")]
    [InlineData("total")]
    public void LimitOfOne_IsAlreadyDrawn_WithTheOriginal(string limit)
    {
        var shard = Single(Computed(1000, 10, 1, 200, perUser: Limits(limit, 1)));
        shard.Draw(Wish(7));
        shard.Draw(Wish(1));

        var second = shard.Draw(Wish(1) with { KeyHash = 99 });

        second.Result.ShouldBe(DrawResult.AlreadyDrawn);
        second.Original.ShouldBe(new ClaimPlace(0, 3));
        second.Limit.ShouldBe(limit);
    }

    [Theory]
    [InlineData("perRound")]
    [InlineData("perDay")]
    [InlineData("perMonth")]
    [InlineData("total")]
    public void LimitOfTwo_IsAQuota(string limit)
    {
        var shard = Single(Computed(1000, 10, 1, 200, perUser: Limits(limit, 2)));
        shard.Draw(Wish(1)).Result.ShouldBe(DrawResult.Won);
        shard.Draw(Wish(1) with { KeyHash = 98 }).Result.ShouldBe(DrawResult.Won);

        var third = shard.Draw(Wish(1) with { KeyHash = 99 });

        third.Result.ShouldBe(DrawResult.QuotaExceeded);
        third.Limit.ShouldBe(limit);
    }

    [Fact]
    public void LimitOfOneAndAQuota_BothUsedUp_IsAlreadyDrawn()
    {
        var shard = Single(Computed(1000, 10, 1, 200, perUser: new UserLimits(1, 1, null, null) with { PerRound = 1 }));
        shard.Draw(Wish(1));

        shard.Draw(Wish(1) with { KeyHash = 99 }).Result.ShouldBe(DrawResult.AlreadyDrawn);
    }

    [Fact]
    public void NextDayAndNextMonth_LiftTheirLimits()
    {
        var day = Single(Computed(1000, 10, 1, 200, perUser: Limits("perDay", 1)));
        day.Draw(Wish(1));
        day.Draw(Wish(1) with { KeyHash = 2, Day = Today + 1 }).Result.ShouldBe(DrawResult.Won);

        // 2027-02-05 and the last day of that month, then the first of March.
        var month = Single(Computed(1000, 10, 1, 200, perUser: Limits("perMonth", 1)));
        month.Draw(Wish(1));
        month.Draw(Wish(1) with { KeyHash = 2, Day = Today + 23 }).Result.ShouldBe(DrawResult.AlreadyDrawn);
        month.Draw(Wish(1) with { KeyHash = 2, Day = Today + 24 }).Result.ShouldBe(DrawResult.Won);
    }

    [Fact]
    public void LimitsDecidedByTheUsersGrain_AreNotCountedAgain()
    {
        var shard = Single(Computed(1000, 10, 1, 200, perUser: Limits("total", 1)));
        shard.Draw(Wish(1));

        shard.Draw(Wish(1) with { KeyHash = 2, LimitsDecided = true }).Result.ShouldBe(DrawResult.Won);
    }

    [Fact]
    public void EmptyShard_SealsOnce_AndGrantsNothingAgain()
    {
        var shard = Single(Computed(20, 2, 1, 19));
        shard.Draw(Wish(1));
        shard.Draw(Wish(2));

        shard.Draw(Wish(3)).Seal.ShouldBe(new PacketRoundSealed(0));
        var later = shard.Draw(Wish(4));

        later.Result.ShouldBe(DrawResult.Empty);
        later.Seal.ShouldBeNull();
        Should.Throw<InvalidOperationException>(() =>
            shard.Pool.Apply(new PacketDrawn(9, 0, 0, 0, 2, Today, -1, 0, 1), User(9), 10, 99));
    }

    [Fact]
    public void UsedUpLimit_IsToldBeforeExhaustion()
    {
        var shard = Single(Computed(20, 1, 1, 20, perUser: Limits("perRound", 1)));
        shard.Draw(Wish(1));

        shard.Draw(Wish(1) with { KeyHash = 2 }).Result.ShouldBe(DrawResult.AlreadyDrawn);
        shard.Draw(Wish(2)).Result.ShouldBe(DrawResult.Empty);
    }

    [Fact]
    public void ClaimsOfSealedShards_CountInTheNext()
    {
        var activity = Computed(20, 2, 1, 19, shards: 2, perUser: Limits("perRound", 1));
        var pool = new ShardedPool(activity, "s");
        pool.Shards[0].Draw(Wish(1)).Result.ShouldBe(DrawResult.Won);

        // Whoever decides without the first shard's claims would grant a second packet.
        var empty = pool.Shards[0].Draw(Wish(2));
        var first = pool.Shards[0].Pool.ClaimsOf(User(1), Today, 0);
        var wish = (Wish(1) with { KeyHash = 2 }).GoOn(empty with { Claims = first }, activity);
        var answer = pool.Shards[1].Draw(wish);

        answer.Result.ShouldBe(DrawResult.AlreadyDrawn);
        answer.Original.ShouldBe(new ClaimPlace(0, 2));
    }

    [Fact]
    public void GoingOn_WhileTheNextRoundBegins_StaysInItsRound()
    {
        var activity = Computed(60, 4, 1, 30, rounds: 2, shards: 2, perUser: Limits("perRound", 1));
        var pool = new ShardedPool(activity, "s");
        pool.Shards[0].Draw(Wish(1));
        var empty = pool.Shards[0].Draw(Wish(2));

        var answer = pool.Shards[1].Draw(Wish(2).GoOn(empty, activity) with { Now = At(60) });

        answer.Result.ShouldBe(DrawResult.Ended);
    }

    [Fact]
    public void KeyThatWonBehindASealedShard_IsFoundFromItsHome_InALaterRound()
    {
        var activity = Computed(60, 4, 1, 30, rounds: 2, shards: 2, perUser: Limits("perRound", 1));
        var pool = new ShardedPool(activity, "s");
        pool.Draw(0, Wish(0));
        var won = pool.Draw(2, Wish(2));
        won.Result.ShouldBe(DrawResult.Won);

        var retry = Wish(2) with { Now = At(61) };

        pool.Shards[0].Draw(retry).Result.ShouldBe(DrawResult.KeyMayBeElsewhere);
        var again = pool.Draw(2, retry);
        again.Result.ShouldBe(DrawResult.Replay);
        again.Original.ShouldBe(new ClaimPlace(1, 2));
        pool.Draw(4, Wish(4) with { Now = At(61) }).Result.ShouldBe(DrawResult.Won);
    }

    [Fact]
    public void AskedForAKeyInALaterRound_GrantsNothingMoreInTheEarlierOne()
    {
        var shard = Single(Computed(60, 4, 1, 30, rounds: 2));
        shard.Pool.FindKey(User(1), 1, 0, At(60)).Result.ShouldBe(DrawResult.None);

        // A slower clock still shows the first round.
        shard.Draw(Wish(1) with { Round = "r0", Now = At(9) }).Result.ShouldBe(DrawResult.Ended);
    }

    [Fact]
    public void Remainder_ToTheNextRound_IsDrawnAfterItsOwn_EldestFirst()
    {
        var activity = Computed(180, 6, 1, 60, rounds: 3);
        var shard = Single(activity);
        shard.Draw(Wish(1));

        var drawn = Enumerable.Range(2, 6).Select(user => shard.Draw(Wish(user) with { Now = At(121) })).ToList();

        drawn.Take(5).Select(answer => (answer.Drawn!.Round, answer.Drawn.Origin, answer.Drawn.Packet))
            .ShouldBe([(2, 2, 0), (2, 2, 1), (2, 0, 1), (2, 1, 0), (2, 1, 1)]);
        drawn[5].Result.ShouldBe(DrawResult.Empty);
        shard.Pool.Accounts.ShouldBe(new PoolAccounts(180, 0, 0, 180, 0));
        shard.Pool.DueRefunds(activity, At(999), ended: true).ShouldBeEmpty();
    }

    [Fact]
    public void Remainder_ToBeRefunded_GoesBackOnceAtTheRoundsEnd()
    {
        var activity = Computed(180, 6, 1, 60, rounds: 3, remainder: Remainder.Refund);
        var shard = Single(activity);
        var first = shard.Draw(Wish(1)).Amount;

        shard.Pool.NextRefundAt(activity).ShouldBe(At(10));
        shard.Refund(At(9), ended: false).ShouldBe(0);
        shard.Refund(At(10), ended: false).ShouldBe(60 - first);
        shard.Refund(At(11), ended: false).ShouldBe(0);

        shard.Pool.NextRefundAt(activity).ShouldBe(At(70));
        shard.Pool.Accounts.ShouldBe(new PoolAccounts(180, 120, 0, first, 60 - first));
        shard.Draw(Wish(2) with { Now = At(61) }).Drawn!.Origin.ShouldBe(1);
    }

    [Fact]
    public void Remainder_ToTheNextRound_IsRefundedAfterTheLast()
    {
        var activity = Computed(180, 6, 1, 60, rounds: 3);
        var shard = Single(activity);

        shard.Pool.NextRefundAt(activity).ShouldBe(At(130));
        shard.Refund(At(129), ended: false).ShouldBe(0);
        shard.Pool.Close(1).ShouldBeNull();
        shard.Refund(At(130), ended: false).ShouldBe(180);
        shard.Pool.NextRefundAt(activity).ShouldBeNull();
        shard.Close().ShouldBeTrue();
    }

    [Fact]
    public void CampaignEndedEarly_RefundsEverything_AndGrantsNothingMore()
    {
        var shard = Single(Computed(180, 6, 1, 60, rounds: 3));
        var won = shard.Draw(Wish(1)).Amount;

        shard.Refund(At(5), ended: true).ShouldBe(180 - won);
        shard.Draw(Wish(2)).Result.ShouldBe(DrawResult.Ended);
        shard.Close().ShouldBeTrue();

        shard.Draw(Wish(2) with { Now = At(61) }).Result.ShouldBe(DrawResult.Ended);
        shard.Draw(Wish(1)).Result.ShouldBe(DrawResult.Replay);
        shard.Pool.DueRefunds(Computed(180, 6, 1, 60, rounds: 3), At(999), ended: true).ShouldBeEmpty();
    }

    [Fact]
    public void SeedsOfAnotherPool_AreRefusedBeforeTheFirstDraw()
    {
        var activity = Listed([new(1, 9), new(2019, 1)], shards: 2);
        var shard = new ShardJournal(activity, [SeedOf("s")], 0);
        var other = Enumerable.Range(0, 99).Select(number => SeedOf($"{number}"))
            .First(seed => ShardShare.Of(RoundTerms.Of(CampaignId, activity, 0), seed, 0).Total
                != shard.Pool.Accounts.Funded);

        shard.Pool.UseSeeds(activity, [other]);

        Should.Throw<InvalidOperationException>(() => shard.Draw(Wish(1)));
    }

    [Fact]
    public void AnotherVersionOfTheDocument_WithTheSameTerms_DealsTheSamePackets()
    {
        var activity = Computed(1000, 30, 1, 200, rounds: 3);
        var (changed, unchanged) = (Single(activity), Single(activity));
        changed.Draw(Wish(1));
        unchanged.Draw(Wish(1));

        changed.Pool.UseSeeds(activity with { PerUser = Limits("total", 5) }, new ShardedPool(activity, "s").Seeds);

        changed.Draw(Wish(2)).Amount.ShouldBe(unchanged.Draw(Wish(2)).Amount);
        changed.Draw(Wish(3) with { Now = At(61) }).Amount
            .ShouldBe(unchanged.Draw(Wish(3) with { Now = At(61) }).Amount);
    }

    [Fact]
    public void EntriesThatCannotFollow_AreRefusedByApply()
    {
        var shard = Single(Computed(100, 10, 1, 30));
        var won = shard.Draw(Wish(1));
        var pool = shard.Pool;
        var next = won.Drawn! with { Packet = 1 };

        Should.Throw<InvalidOperationException>(() => pool.Apply(won.Drawn, User(2), won.Amount, 3));
        Should.Throw<InvalidOperationException>(() => pool.Apply(next with { Packet = 2 }, User(2), 1, 3));
        Should.Throw<InvalidOperationException>(() => pool.Apply(next, User(2), 31, 3));
        Should.Throw<InvalidOperationException>(() => pool.Apply(new PacketRoundRefunded(0, 8), 1));
        Should.Throw<InvalidOperationException>(() => pool.Apply(new PacketPoolClosed(1)));
    }

    [Theory]
    [InlineData(1, 3, "total", true)]
    [InlineData(4, 1, "perDay", true)]
    [InlineData(4, 3, "perRound", true)]
    [InlineData(4, 3, "perDay", false)]
    [InlineData(4, 3, "total", false)]
    public void Local_WhereThePoolSeesAllThatALimitCounts(int shards, int rounds, string limit, bool local) =>
        Computed(900, 90, 1, 30, rounds: rounds, shards: shards, perUser: Limits(limit, 2)).IsLocal.ShouldBe(local);

    [Fact]
    public void Snapshot_CutShort_IsRefused()
    {
        var shard = Single(Computed(100, 10, 1, 30));
        shard.Draw(Wish(1));
        var state = PacketPoolSnapshot.WriteState(shard.Pool);

        Should.Throw<FormatException>(() => PacketPoolSnapshot.Read(state.AsSpan()[..^1], []));
    }

    private static ShardJournal Single(RedPacketActivity activity) =>
        new ShardedPool(activity, "s").Shards[0];

    private static DrawCommand Wish(int user) => new()
    {
        User = User(user),
        KeyHash = (ulong)user,
        BodyHash = 0,
        Now = At(1),
        Day = Today,
        DefinitionVersion = 1,
    };

    private static UserLimits Limits(string name, int limit) => new(
        name == "total" ? limit : null,
        name == "perDay" ? limit : null,
        name == "perMonth" ? limit : null,
        name == "perRound" ? limit : null);
}
