using Campaigns.Domain.Fairness;
using Campaigns.Domain.RedPackets;

namespace Campaigns.Host.Verifying;

/// <summary>
/// Recomputes every packet of a finished pool from its revealed seeds. Fair means: the seeds are those that were
/// committed to before the pool opened, each draw got the next packet of the list that follows from them, and every
/// packet was drawn or went back to the budget.
/// </summary>
/// <param name="seeds">Round id to revealed seed.</param>
internal sealed class FairnessCheck(FinishedPool pool, IReadOnlyDictionary<string, Seed> seeds)
{
    /// <summary>Draws that were compared.</summary>
    public int Draws { get; private set; }

    /// <summary>What they were worth, minor units.</summary>
    public long Issued { get; private set; }

    /// <summary>One line for each thing that does not follow from the seeds; empty means fair.</summary>
    public IReadOnlyList<string> Run()
    {
        var rounds = pool.Activity.Rounds;
        var hidden = rounds.Where(round => !seeds.ContainsKey(round.Id)
            || !pool.Commitments.ContainsKey(round.Id)).ToList();
        if (hidden.Count > 0)
        {
            return [.. hidden.Select(round => $"round {round.Id}: no seed was revealed")];
        }

        var revealed = rounds.Select(round => new RevealedRound(
            seeds[round.Id], Commitment.Parse(pool.Commitments[round.Id]))).ToList();
        var differences = new List<string>();
        for (var shard = 0; shard < pool.Shards.Length; shard++)
        {
            differences.AddRange(RunShard(shard, revealed));
        }

        return differences;
    }

    private IEnumerable<string> RunShard(int shard, IReadOnlyList<RevealedRound> revealed)
    {
        var verified = PoolVerifier.Verify(
            pool.CampaignId, pool.Activity, revealed, shard,
            pool.Shards[shard].Select(entry => new PoolEntry(entry.Version, entry.Kind, entry.Payload, entry.Amount)),
            finished: true);
        Draws += verified.Draws;
        Issued += verified.Issued;
        return verified.Differences.Select(one => one.Version == 0
            ? $"shard {shard}: {one.What}"
            : $"shard {shard}, entry {one.Version}: {one.What}");
    }
}
