using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.RedPackets;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using static Campaigns.Domain.Tests.RedPackets.Activities;

namespace Campaigns.Domain.Tests.RedPackets;

/// <summary>
/// Random activities and draws over several shards and rounds, with restarts, against a model that knows one list of
/// winners and one number per round.
/// </summary>
public sealed class PacketPoolModelTests
{
    private static readonly Gen<RedPacketActivity> AnyListed =
        from rounds in Gen.Choose(1, 3)
        from amounts in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(1, 6), 3), rounds)
        from shards in Gen.Choose(1, 4)
        from remainder in Gen.Elements(Remainder.NextRound, Remainder.Refund)
        from limits in AnyLimits
        select Listed([.. amounts.Select(Three)], shards, remainder, limits);

    private static readonly Gen<RedPacketActivity> AnyComputed =
        from rounds in Gen.Choose(1, 3)
        from shards in Gen.Choose(1, 4)
        from count in Gen.Choose(rounds, 24)
        from split in Gen.Elements(Split.DoubleMean, Split.Uniform, Split.Fixed)
        from remainder in Gen.Elements(Remainder.NextRound, Remainder.Refund)
        from limits in AnyLimits
        let total = split == Split.Fixed ? count * 7L : (count * 9L) + (count / 2)
        select Computed(total, count, 2, 30, split, rounds, shards, remainder, limits);

    private static readonly Gen<RedPacketActivity> AnyActivity = Gen.Frequency((3, AnyComputed), (1, AnyListed));

    private static readonly Gen<Step[]> AnySteps = Gen.ArrayOf(
        from user in Gen.Choose(0, 7)
        from key in Gen.Choose(0, 5)
        from body in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Constant(1)))
        from round in Gen.Frequency((8, Gen.Constant(-1)), (2, Gen.Choose(0, 3)))
        from minutes in Gen.Frequency((16, Gen.Constant(0)), (3, Gen.Choose(1, 4)), (1, Gen.Choose(15, 70)))
        from restart in Gen.Frequency(
            (12, Gen.Constant(Restart.No)), (1, Gen.Elements(Restart.Replay, Restart.Restore)))
        select new Step(user, key, body, round, minutes, restart),
        150);

    private static Gen<UserLimits> AnyLimits =>
        from total in Limit(1, 4)
        from day in Limit(1, 3)
        from month in Limit(2, 4)
        from round in Limit(1, 2)
        select new UserLimits(total, day, month, round);

    private readonly Dictionary<DrawResult, int> _seen = [];
    private int _foundElsewhere;

    private enum Restart
    {
        No,
        Replay,
        Restore,
    }

    [Fact]
    public void AnyDraws_OnAnyActivity_AnswerAsTheModelSays()
    {
        Prop.ForAll(AnyActivity.ToArbitrary(), AnySteps.ToArbitrary(), Run)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));

        // The generators would be worth little if they missed a case.
        Enum.GetValues<DrawResult>().Except([DrawResult.None, DrawResult.KeyMayBeElsewhere]).ToList()
            .ForEach(result => _seen.GetValueOrDefault(result).ShouldBeGreaterThan(20, $"{result}"));
        _foundElsewhere.ShouldBeGreaterThan(20);
    }

    private void Run(RedPacketActivity activity, Step[] steps)
    {
        var pool = new ShardedPool(activity, $"model {activity.Count}");
        var model = new PoolModel(activity);
        var minute = -5;
        foreach (var step in steps)
        {
            minute += step.Minutes;
            Restarted(pool, step.Restart, At(minute));
            pool.Refund(At(minute), ended: false);
            model.Refund(At(minute));
            Draw(pool, model, activity, step, minute);
            Balanced(pool.Accounts, activity.Total).Issued.ShouldBe(model.Issued);
        }

        _foundElsewhere += pool.FoundElsewhere;
        pool.Refund(At(minute), ended: true);
        var accounts = Balanced(pool.Accounts, activity.Total);
        accounts.ShouldBe(new PoolAccounts(activity.Total, 0, 0, model.Issued, activity.Total - model.Issued));
        for (var shard = 0; shard < activity.Shards; shard++)
        {
            pool.Shards[shard].Close().ShouldBeTrue();
            pool.Shards[shard].Close().ShouldBeFalse();
            pool.Verify(shard).Differences.ShouldBeEmpty();
        }
    }

    private void Draw(ShardedPool pool, PoolModel model, RedPacketActivity activity, Step step, int minute)
    {
        var command = new DrawCommand
        {
            User = User(step.User),
            KeyHash = (ulong)step.Key,
            BodyHash = (ulong)step.Body << 40,
            Round = step.Round < 0 ? null : activity.Rounds.ElementAtOrDefault(step.Round)?.Id ?? "none",
            Now = At(minute),
            Day = PoolModel.DayOf(minute),
            DefinitionVersion = 1,
            LimitsDecided = !activity.IsLocal,
        };
        var expected = model.Expect(step.User, command);
        if (!activity.IsLocal && expected is DrawResult.AlreadyDrawn or DrawResult.QuotaExceeded)
        {
            // The user's grain refuses before any shard is asked.
            return;
        }

        var answer = pool.Draw(step.User, command);

        answer.Result.ShouldBe(expected);
        _seen[expected] = _seen.GetValueOrDefault(expected) + 1;
        if (answer.Result is DrawResult.Won)
        {
            model.Win(step.User, command, answer, pool.Shards);
        }
        else if (answer.Result is DrawResult.Replay)
        {
            answer.Original.ShouldBe(model.PlaceOf(step.User, command.KeyHash));
        }
        else if (answer.Result is DrawResult.AlreadyDrawn)
        {
            model.PlacesOf(step.User).ShouldContain(answer.Original);
        }
    }

    private static void Restarted(ShardedPool pool, Restart restart, Instant now)
    {
        foreach (var shard in pool.Shards)
        {
            if (restart == Restart.Replay)
            {
                shard.Replay(now);
            }
            else if (restart == Restart.Restore)
            {
                shard.Restore(now);
            }
        }
    }

    private static PoolAccounts Balanced(PoolAccounts accounts, long total)
    {
        accounts.Funded.ShouldBe(total);
        accounts.Funded.ShouldBe(accounts.Remaining + accounts.Held + accounts.Issued + accounts.Refunded);
        accounts.Remaining.ShouldBeGreaterThanOrEqualTo(0);
        return accounts;
    }

    private static ImmutableArray<Denomination> Three(int[] counts) =>
        [new(2, counts[0]), new(2019, counts[1]), new(30, counts[2])];

    private static Gen<int?> Limit(int from, int to) =>
        Gen.Frequency((2, Gen.Constant<int?>(null)), (1, Gen.Choose(from, to).Select(limit => (int?)limit)));

    private sealed record Step(int User, int Key, int Body, int Round, int Minutes, Restart Restart);
}
