using Campaigns.Domain.Fairness;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Host.Verifying;

/// <summary>
/// Recomputes every packet of a finished pool from its revealed seeds. Fair means: the seeds are those that were
/// committed to before the pool opened, and each draw got the next packet of the list that follows from them.
/// </summary>
/// <param name="seeds">Round id to revealed seed.</param>
internal sealed class FairnessCheck(FinishedPool pool, IReadOnlyDictionary<string, Seed> seeds)
{
    private readonly List<string> _differences = [];

    /// <summary>Draws that were compared.</summary>
    public int Draws { get; private set; }

    /// <summary>What they were worth, minor units.</summary>
    public long Issued { get; private set; }

    /// <summary>One line for each thing that does not follow from the seeds; empty means fair.</summary>
    public IReadOnlyList<string> Run()
    {
        var terms = Enumerable.Range(0, pool.Activity.Rounds.Length)
            .Select(round => RoundTerms.Of(pool.CampaignId, pool.Activity, round))
            .ToList();
        foreach (var round in terms)
        {
            CheckCommitment(round);
        }

        if (_differences.Count == 0)
        {
            for (var shard = 0; shard < pool.Shards.Length; shard++)
            {
                CheckShard(shard, [.. terms.Select(round => PacketList.Deal(round, seeds[round.RoundId], shard))]);
            }
        }

        return _differences;
    }

    private void CheckCommitment(RoundTerms round)
    {
        if (!seeds.TryGetValue(round.RoundId, out var seed))
        {
            _differences.Add($"round {round.RoundId}: no seed was revealed");
        }
        else if (round.Commit(seed).ToString() != pool.Commitments.GetValueOrDefault(round.RoundId))
        {
            _differences.Add($"round {round.RoundId}: the revealed seed is not the one that was committed to");
        }
    }

    private void CheckShard(int shard, PacketList[] lists)
    {
        var next = new int[lists.Length];
        foreach (var entry in pool.Shards[shard].Where(entry => entry.Kind == EntryKind.PacketDrawn))
        {
            var payload = new PayloadReader(entry.Payload.Span);
            var drawn = PacketDrawn.Read(ref payload);
            Draws++;
            Issued += entry.Amount;
            if (Fault(drawn, entry, lists, next) is { } fault)
            {
                _differences.Add($"shard {shard}, entry {entry.Version}: {fault}");
            }
        }
    }

    private static string? Fault(PacketDrawn drawn, Entry entry, PacketList[] lists, int[] next)
    {
        if (drawn.Origin >= lists.Length || drawn.Packet >= lists[drawn.Origin].Count)
        {
            return "there is no such packet";
        }

        if (drawn.Packet != next[drawn.Origin]++)
        {
            return $"packet {drawn.Packet} was drawn out of order";
        }

        var amount = lists[drawn.Origin][drawn.Packet];
        return amount == entry.Amount ? null : $"packet {drawn.Packet} is worth {amount}, {entry.Amount} was paid";
    }
}
