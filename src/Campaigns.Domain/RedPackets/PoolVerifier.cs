using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// Recomputes a shard from revealed seeds and compares: commitments, funding, and that each draw took the packet that
/// was next. Never throws for what a journal holds; every finding is a <see cref="PoolDifference"/>.
/// </summary>
public sealed class PoolVerifier
{
    /// <summary>A forged stream differs nearly everywhere: enough is told by these.</summary>
    public const int MaxDifferences = 100;

    private readonly string _campaignId;
    private readonly RedPacketActivity _activity;
    private readonly int _shard;
    private readonly PacketList[] _lists;
    private readonly int[] _next;
    private readonly long[] _issued;
    private readonly bool[] _sealed;
    private readonly bool[] _refunded;
    private readonly List<PoolDifference> _differences = [];
    private long _version;
    private int _draws;
    private bool _closed;

    private PoolVerifier(string campaignId, RedPacketActivity activity, IReadOnlyList<RevealedRound> rounds, int shard)
    {
        _campaignId = campaignId;
        _activity = activity;
        _shard = shard;
        _lists = new PacketList[rounds.Count];
        _next = new int[rounds.Count];
        _issued = new long[rounds.Count];
        _sealed = new bool[rounds.Count];
        _refunded = new bool[rounds.Count];
        for (var round = 0; round < rounds.Count; round++)
        {
            var terms = RoundTerms.Of(campaignId, activity, round);
            Expect(
                terms.Commit(rounds[round].Seed) == rounds[round].Published,
                $"the seed of round {terms.RoundId} and the definition do not hash to the published commitment");
            _lists[round] = PacketList.Deal(terms, rounds[round].Seed, shard);
        }
    }

    /// <param name="rounds">Every round of the activity, in document order.</param>
    /// <param name="entries">The shard's stream from version 1 on.</param>
    /// <param name="finished">Nothing may be left: each packet was drawn or refunded.</param>
    public static PoolVerification Verify(
        string campaignId,
        RedPacketActivity activity,
        IReadOnlyList<RevealedRound> rounds,
        int shard,
        IEnumerable<PoolEntry> entries,
        bool finished)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rounds.Count, activity.Rounds.Length);
        var verifier = new PoolVerifier(campaignId, activity, rounds, shard);
        foreach (var entry in entries)
        {
            if (verifier._differences.Count >= MaxDifferences)
            {
                break;
            }

            verifier.Check(entry);
        }

        verifier._version = 0;
        for (var round = 0; finished && round < rounds.Count; round++)
        {
            verifier.Expect(
                verifier.Left(round) == 0,
                $"{verifier.Left(round)} packets of round {activity.Rounds[round].Id} were neither drawn nor refunded");
        }

        return new PoolVerification(verifier._draws, verifier._issued.Sum(), [.. verifier._differences]);
    }

    private int Left(int round) => _refunded[round] ? 0 : Math.Max(0, _lists[round].Count - _next[round]);

    private void Check(in PoolEntry entry)
    {
        var before = _version;
        _version = entry.Version;
        Expect(entry.Version == before + 1, $"follows version {before}");
        Expect(!_closed, "follows the end of the pool");
        var payload = new PayloadReader(entry.Payload.Span);
        try
        {
            CheckKind(entry, ref payload);
            Expect(payload.AtEnd, "has bytes behind its payload");
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            Expect(false, "is unreadable: " + fault.Message);
        }
    }

    private void CheckKind(in PoolEntry entry, ref PayloadReader payload)
    {
        switch (entry.Kind)
        {
            case EntryKind.PacketPoolOpened:
                CheckOpened(PacketPoolOpened.Read(ref payload));
                break;
            case EntryKind.PacketDrawn:
                CheckDrawn(PacketDrawn.Read(ref payload), entry.Amount);
                break;
            case EntryKind.PacketRoundSealed:
                CheckSealed(PacketRoundSealed.Read(ref payload));
                break;
            case EntryKind.PacketRoundRefunded:
                CheckRefunded(PacketRoundRefunded.Read(ref payload), entry.Amount);
                break;
            case EntryKind.PacketPoolClosed:
                _ = PacketPoolClosed.Read(ref payload);
                Expect(!_lists.Where((_, round) => Left(round) > 0).Any(), "closes the pool with packets left");
                _closed = true;
                break;
            default:
                Expect(false, $"is of kind {entry.Kind}, which a packet pool does not write");
                break;
        }
    }

    private void CheckOpened(PacketPoolOpened opened)
    {
        Expect(_version == 1, "opens the pool again");
        Expect(
            opened.CampaignId == _campaignId && opened.ActivityId == _activity.Id && opened.Shard == _shard,
            $"opens another pool, {opened.Name}");
        Expect(
            opened.Rounds.SequenceEqual(_lists.Select(list => new RoundFunds(list.Count, list.Total))),
            "opens with other counts or totals than the seed gives");
    }

    private void CheckDrawn(PacketDrawn drawn, long amount)
    {
        if (!IsRound(drawn.Round) || !IsRound(drawn.Origin) || drawn.Packet >= _lists[drawn.Origin].Count)
        {
            Expect(false, $"draws packet {drawn.Packet} of round {drawn.Origin} in round {drawn.Round}: there is none");
            return;
        }

        var name = $"packet {drawn.Packet} of round {_activity.Rounds[drawn.Origin].Id}";
        Expect(_version > 1, "draws before the pool is opened");
        Expect(!_sealed[drawn.Round], $"draws {name} in a sealed round");
        Expect(drawn.Origin == Source(drawn.Round), $"draws {name} out of the order of rounds");
        Expect(
            drawn.Packet == _next[drawn.Origin] && !_refunded[drawn.Origin],
            $"draws {name}, where {_next[drawn.Origin]} was next");
        Expect(
            amount == _lists[drawn.Origin][drawn.Packet],
            $"pays {amount} for {name}, which holds {_lists[drawn.Origin][drawn.Packet]}");
        _next[drawn.Origin] = drawn.Packet + 1;
        _issued[drawn.Origin] += amount;
        _draws++;
    }

    private void CheckSealed(PacketRoundSealed sealedRound)
    {
        if (!IsRound(sealedRound.Round))
        {
            Expect(false, $"seals round {sealedRound.Round}: there is none");
            return;
        }

        Expect(Source(sealedRound.Round) < 0, "seals a round that still has packets");
        _sealed[sealedRound.Round] = true;
    }

    private void CheckRefunded(PacketRoundRefunded refunded, long amount)
    {
        if (!IsRound(refunded.Round))
        {
            Expect(false, $"refunds round {refunded.Round}: there is none");
            return;
        }

        var rest = _lists[refunded.Round].Total - _issued[refunded.Round];
        Expect(
            refunded.Count == Left(refunded.Round) && amount == rest,
            $"refunds {refunded.Count} packets worth {amount}, where {Left(refunded.Round)} worth {rest} were left");
        _refunded[refunded.Round] = true;
    }

    private bool IsRound(int round) => round < _lists.Length;

    private int Source(int round)
    {
        if (Left(round) > 0)
        {
            return round;
        }

        for (var origin = 0; origin < _lists.Length; origin++)
        {
            if (Left(origin) > 0 && RoundPlan.Carries(_activity, origin, round))
            {
                return origin;
            }
        }

        return -1;
    }

    private void Expect(bool holds, string otherwise)
    {
        if (!holds && _differences.Count < MaxDifferences)
        {
            _differences.Add(new PoolDifference(_shard, _version, otherwise));
        }
    }
}
