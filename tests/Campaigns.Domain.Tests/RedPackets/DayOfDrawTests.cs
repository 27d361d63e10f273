using Campaigns.Domain.Documents;
using Campaigns.Domain.RedPackets;
using static Campaigns.Domain.Tests.RedPackets.Activities;

namespace Campaigns.Domain.Tests.RedPackets;

/// <summary>Around midnight the clocks of two shards may show two days; a user's day never runs back.</summary>
public sealed class DayOfDrawTests
{
    private const int Today = 20_854;
    private const int Tomorrow = Today + 1;

    [Fact]
    public void ShardWithASlowerClock_DecidesForTheDayThatTheOneBeforeItHasShown()
    {
        var activity = Computed(40, 4, 1, 19, shards: 2, perUser: PerDay(1));
        var pool = new ShardedPool(activity, "s");
        pool.Shards[0].Draw(Wish(1, key: 1, Today)).Result.ShouldBe(DrawResult.Won);
        pool.Shards[0].Draw(Wish(2, key: 1, Today)).Result.ShouldBe(DrawResult.Won);

        var wish = Wish(1, key: 2, Tomorrow);
        var empty = pool.Shards[0].Draw(wish);
        var won = pool.Shards[1].Draw(wish.GoOn(empty, activity) with { Day = Today });

        won.Result.ShouldBe(DrawResult.Won);
        won.Drawn!.Day.ShouldBe(Tomorrow);
        var third = Wish(1, key: 3, Tomorrow);
        pool.Shards[1].Draw(third.GoOn(pool.Shards[0].Draw(third), activity)).Result.ShouldBe(DrawResult.AlreadyDrawn);
    }

    [Fact]
    public void ShardWhereTheNextDayHasBegun_DoesNotCountTheDayBefore()
    {
        var activity = Computed(60, 4, 1, 30, shards: 2, perUser: PerDay(2));
        var pool = new ShardedPool(activity, "s");
        pool.Shards[0].Draw(Wish(1, key: 1, Today));
        pool.Shards[0].Draw(Wish(2, key: 1, Today));
        pool.Shards[1].Draw(Wish(1, key: 2, Tomorrow)).Result.ShouldBe(DrawResult.Won);

        var wish = Wish(1, key: 3, Today);
        var empty = pool.Shards[0].Draw(wish);
        var answer = pool.Shards[1].Draw(wish.GoOn(empty, activity) with { Day = Tomorrow });

        answer.Result.ShouldBe(DrawResult.Won);
    }

    [Fact]
    public void ClockThatIsSetBackOverMidnight_GivesNoSecondDay()
    {
        var shard = new ShardedPool(Computed(60, 4, 1, 30, perUser: PerDay(1)), "s").Shards[0];
        shard.Draw(Wish(1, key: 1, Tomorrow)).Result.ShouldBe(DrawResult.Won);

        shard.Draw(Wish(1, key: 2, Today)).Result.ShouldBe(DrawResult.AlreadyDrawn);
    }

    [Fact]
    public void DayThatTheUsersGrainHasDecidedFor_IsNotGoneBehind()
    {
        var shard = new ShardedPool(Computed(60, 4, 1, 30, perUser: PerDay(1)), "s").Shards[0];

        var won = shard.Draw(Wish(1, key: 1, Today) with
        {
            LimitsDecided = true,
            Prior = default(UserClaims).On(Tomorrow),
        });

        won.Drawn!.Day.ShouldBe(Tomorrow);
    }

    private static UserLimits PerDay(int limit) => new(null, limit, null, null);

    private static DrawCommand Wish(int user, ulong key, int day) => new()
    {
        User = User(user),
        KeyHash = key,
        BodyHash = 0,
        Now = At(1),
        Day = day,
        DefinitionVersion = 1,
    };
}
