using Campaigns.Domain.RedPackets;
using NodaTime;

namespace Campaigns.Domain.Tests.RedPackets;

/// <summary>What users would say a pool does: no shards, no index, no snapshots.</summary>
internal sealed class PoolModel(RedPacketActivity activity)
{
    /// <summary>2027-02-27: two days before a month ends.</summary>
    private const int FirstDay = 20_876;

    private readonly List<Draw> _draws = [];
    private readonly int[] _left = [.. activity.Rounds.Select(round => round.Count)];
    private readonly HashSet<(int Shard, int Origin, int Packet)> _packets = [];

    public long Issued => _draws.Sum(draw => draw.Amount);

    /// <summary>Short days, so that limits of days and months meet rounds.</summary>
    public static int DayOf(int minute) => FirstDay + (Math.Max(minute, 0) / 45);

    public DrawResult Expect(int user, in DrawCommand command)
    {
        var key = command.KeyHash;
        if (_draws.Find(draw => draw.User == user && draw.Key == key) is { } known)
        {
            return known.Body == command.BodyHash ? DrawResult.Replay : DrawResult.KeyReused;
        }

        var (now, id) = (command.Now, command.Round);
        var round = id is null
            ? activity.Rounds.FirstOrDefault(one => now < one.Until)
            : activity.Rounds.FirstOrDefault(one => one.Id == id);
        if (round is null)
        {
            return id is null ? DrawResult.Ended : DrawResult.UnknownRound;
        }

        if (now < round.From || now >= round.Until)
        {
            return now < round.From ? DrawResult.NotStarted : DrawResult.Ended;
        }

        var ordinal = activity.Rounds.IndexOf(round);
        return Limited(user, ordinal, command.Day) is var limited && limited != DrawResult.None ? limited
            : Available(ordinal) > 0 ? DrawResult.Won
            : DrawResult.Empty;
    }

    public void Win(int user, DrawCommand command, DrawAnswer answer, IReadOnlyList<ShardJournal> shards)
    {
        var drawn = answer.Drawn.ShouldNotBeNull();
        var shard = Enumerable.Range(0, shards.Count).Single(one => shards[one].Pool
            .FindKey(command.User, command.KeyHash, command.BodyHash, command.Now).Result == DrawResult.Replay);
        var version = shards[shard].Pool
            .FindKey(command.User, command.KeyHash, command.BodyHash, command.Now).Original.Version;
        answer.Amount.ShouldBe(shards[shard].AmountAt(version));
        answer.Amount.ShouldBeInRange(activity.Min, activity.Max);
        _packets.Add((shard, drawn.Origin, drawn.Packet)).ShouldBeTrue("a packet was issued twice");
        Sources(drawn.Round).ShouldContain(drawn.Origin);
        _left[drawn.Origin]--;
        _draws.Add(new Draw(
            user, command.KeyHash, command.BodyHash, drawn.Round, command.Day, answer.Amount,
            new ClaimPlace(shard, version)));
    }

    public void Refund(Instant now)
    {
        for (var round = 0; round < _left.Length; round++)
        {
            var last = activity.Remainder == Remainder.NextRound ? _left.Length - 1 : round;
            if (now >= activity.Rounds[last].Until)
            {
                _left[round] = 0;
            }
        }
    }

    public ClaimPlace PlaceOf(int user, ulong key) =>
        _draws.Single(draw => draw.User == user && draw.Key == key).Place;

    public IEnumerable<ClaimPlace> PlacesOf(int user) =>
        _draws.Where(draw => draw.User == user).Select(draw => draw.Place);

    private int Available(int round) => Sources(round).Sum(origin => _left[origin]);

    private IEnumerable<int> Sources(int round) =>
        activity.Remainder == Remainder.NextRound ? Enumerable.Range(0, round + 1) : [round];

    private DrawResult Limited(int user, int round, int day)
    {
        var mine = _draws.Where(draw => draw.User == user).ToList();
        (int? Limit, int Used)[] windows =
        [
            (activity.PerUser.Total, mine.Count),
            (activity.PerUser.PerDay, mine.Count(draw => draw.Day == day)),
            (activity.PerUser.PerMonth, mine.Count(draw => IsMarch(draw.Day) == IsMarch(day))),
            (activity.PerUser.PerRound, mine.Count(draw => draw.Round == round)),
        ];
        var full = windows.Where(window => window.Used >= window.Limit).ToList();
        return full.Count == 0 ? DrawResult.None
            : full.Exists(window => window.Limit == 1) ? DrawResult.AlreadyDrawn
            : DrawResult.QuotaExceeded;
    }

    private static bool IsMarch(int day) => day >= FirstDay + 2;

    private sealed record Draw(
        int User, ulong Key, ulong Body, int Round, int Day, long Amount, ClaimPlace Place);
}
