using Campaigns.Domain.Fairness;
using Campaigns.Domain.RedPackets;
using NodaTime;

namespace Campaigns.Domain.Tests.RedPackets;

/// <summary>All shards of an activity, asked in the order and with the follow-ups that a caller owes them.</summary>
internal sealed class ShardedPool
{
    private readonly RedPacketActivity _activity;

    public ShardedPool(RedPacketActivity activity, string seed)
    {
        _activity = activity;
        Seeds = [.. activity.Rounds.Select(round => Activities.SeedOf($"{seed}/{round.Id}"))];
        Shards = [.. Enumerable.Range(0, activity.Shards).Select(shard => new ShardJournal(activity, Seeds, shard))];
    }

    public IReadOnlyList<Seed> Seeds { get; }

    public IReadOnlyList<ShardJournal> Shards { get; }

    /// <summary>How often a key that had won in a later shard was found there.</summary>
    public int FoundElsewhere { get; private set; }

    /// <summary>Empty means that no shard has a packet.</summary>
    public DrawAnswer Draw(int user, DrawCommand command)
    {
        for (var step = 0; ; step++)
        {
            var answer = At(user, step).Draw(command);
            if (answer.Result == DrawResult.KeyMayBeElsewhere)
            {
                var known = FindKey(user, step + 1, command);
                if (known.Result != DrawResult.None)
                {
                    FoundElsewhere++;
                    return known;
                }

                answer = At(user, step).Draw(command with { KeyUnknownElsewhere = true });
            }

            if (answer.Result != DrawResult.Empty || step + 1 == _activity.Shards)
            {
                return answer;
            }

            command = command.GoOn(answer, _activity);
        }
    }

    public void Refund(Instant now, bool ended)
    {
        foreach (var shard in Shards)
        {
            shard.Refund(now, ended);
        }
    }

    public PoolAccounts Accounts => Shards.Select(shard => shard.Pool.Accounts).Aggregate(Plus);

    public PoolVerification Verify(int shard) => PoolVerifier.Verify(
        Activities.CampaignId, _activity, [.. Seeds.Select(Revealed)], shard, Shards[shard].Entries, finished: true);

    public RevealedRound Revealed(Seed seed, int round) =>
        new(seed, RoundTerms.Of(Activities.CampaignId, _activity, round).Commit(seed));

    private static PoolAccounts Plus(PoolAccounts sum, PoolAccounts one) => new(
        sum.Funded + one.Funded,
        sum.Remaining + one.Remaining,
        sum.Held + one.Held,
        sum.Issued + one.Issued,
        sum.Refunded + one.Refunded);

    private ShardJournal At(int user, int step) => Shards[(user + step) % _activity.Shards];

    private DrawAnswer FindKey(int user, int step, in DrawCommand command)
    {
        for (; step < _activity.Shards; step++)
        {
            var pool = At(user, step).Pool;
            var known = pool.FindKey(command.User, command.KeyHash, command.BodyHash, command.Now);
            if (known.Result != DrawResult.None || !pool.EverSealed)
            {
                return known;
            }
        }

        return default;
    }
}
