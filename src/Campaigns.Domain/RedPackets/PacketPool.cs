using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// One shard of a red-packet activity: what is left of each round and who drew what. Decisions change nothing; Apply
/// changes the state, in service and in replay alike, and throws <see cref="InvalidOperationException"/> for an entry
/// that cannot follow from the state. Not safe for concurrent use.
/// </summary>
public sealed class PacketPool
{
    private readonly PacketPoolOpened _opened;
    private readonly PoolRound[] _rounds;
    private readonly PacketList?[] _lists;
    private readonly ClaimStore _claims;
    private RedPacketActivity? _dealt;
    private IReadOnlyList<Seed> _seeds = [];
    private Instant _witnessed = Instant.MinValue;

    /// <summary>The pool right after its first entry.</summary>
    public PacketPool(PacketPoolOpened opened)
        : this(opened, [.. opened.Rounds.Select(funds => new PoolRound(funds))], closed: false)
    {
    }

    internal PacketPool(PacketPoolOpened opened, PoolRound[] rounds, bool closed)
    {
        _opened = opened;
        _rounds = rounds;
        _lists = new PacketList?[rounds.Length];
        _claims = new ClaimStore(rounds.Sum(round => round.Funds.Count));
        IsClosed = closed;
    }

    public PacketPoolOpened Opened => _opened;

    public bool IsClosed { get; private set; }

    /// <summary>In some round the shard has answered "empty".</summary>
    public bool EverSealed => Array.Exists(_rounds, static round => round.Sealed);

    public PoolAccounts Accounts => new(
        _rounds.Sum(static round => round.Funds.Total),
        _rounds.Sum(static round => round.Remaining),
        0,
        _rounds.Sum(static round => round.Issued),
        _rounds.Sum(static round => round.RefundedTotal));

    /// <summary>Packets that were neither drawn nor refunded.</summary>
    public int PacketsLeft => _rounds.Sum(static round => round.Left);

    /// <summary>Draws of all users.</summary>
    public int ClaimCount => _claims.Count;

    internal ClaimStore Claims => _claims;

    internal ReadOnlySpan<PoolRound> Rounds => _rounds;

    /// <summary>The entry that opens a shard's stream; <paramref name="seeds"/> in the rounds' order.</summary>
    public static PacketPoolOpened Open(
        string campaignId, RedPacketActivity activity, int definitionVersion, int shard, IReadOnlyList<Seed> seeds)
    {
        var rounds = ImmutableArray.CreateBuilder<RoundFunds>(activity.Rounds.Length);
        for (var round = 0; round < activity.Rounds.Length; round++)
        {
            var share = ShardShare.Of(RoundTerms.Of(campaignId, activity, round), seeds[round], shard);
            rounds.Add(new RoundFunds(share.Count, share.Total));
        }

        return new PacketPoolOpened(
            StreamNames.Pool(campaignId, activity.Id, shard), campaignId, activity.Id, shard, definitionVersion,
            rounds.MoveToImmutable());
    }

    /// <summary>
    /// Gives the pool what its packets follow from; needed by <see cref="Decide"/>, not by Apply. Another version of
    /// the document with the same terms keeps the lists that are dealt already.
    /// </summary>
    public void UseSeeds(RedPacketActivity activity, IReadOnlyList<Seed> seeds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds.Count, _rounds.Length);
        for (var round = 0; round < _rounds.Length; round++)
        {
            var same = _lists[round] is not null && seeds[round].Equals(_seeds[round])
                && TermsOf(activity, round).CanonicalBytes().SequenceEqual(TermsOf(_dealt!, round).CanonicalBytes());
            _lists[round] = same ? _lists[round] : null;
        }

        _dealt = activity;
        _seeds = seeds;
    }

    /// <summary>Deals a round's packets now rather than at its first draw: up to 2 s for a million of them.</summary>
    public void Prepare(int round) => _ = List(round);

    /// <summary>
    /// The round has begun or ended elsewhere: the shard never decides for an earlier instant again. The owner calls it
    /// on load with the time of the stream's last entry.
    /// </summary>
    public void Witness(Instant now) => _witnessed = Instant.Max(_witnessed, now);

    /// <summary>The user's draws in this shard.</summary>
    /// <param name="day">The business day that day and month limits are counted for.</param>
    /// <param name="round">The round that round limits are counted for, or -1.</param>
    public UserClaims ClaimsOf(StreamId user, int day, int round)
    {
        var (monthFrom, monthUntil) = BusinessMonth.Of(day);
        UserClaims found = default;
        foreach (ref readonly var claim in _claims.Of(user))
        {
            // Newest first: the one found first stays the latest.
            var one = new ClaimTally(1, new ClaimPlace(_opened.Shard, claim.Version));
            found = new UserClaims(
                one.Plus(found.Total),
                claim.Day >= monthFrom && claim.Day < monthUntil ? one.Plus(found.Month) : found.Month,
                claim.Day == day ? one.Plus(found.Day) : found.Day,
                claim.Round == round ? one.Plus(found.Round) : found.Round);
        }

        return found;
    }

    /// <summary>
    /// Replay, KeyReused, or None where the user has not won with this key in this shard. Witnesses
    /// <paramref name="now"/>, so that a draw of an earlier round cannot slip in behind the answer.
    /// </summary>
    public DrawAnswer FindKey(StreamId user, ulong keyHash, ulong bodyHash, Instant now)
    {
        Witness(now);
        if (!_claims.TryFind(user, keyHash, out var claim))
        {
            return default;
        }

        var same = claim.Body == ClaimStore.BodyOf(bodyHash);
        return new DrawAnswer(same ? DrawResult.Replay : DrawResult.KeyReused)
        {
            Original = new ClaimPlace(_opened.Shard, claim.Version),
            Round = claim.Round,
        };
    }

    /// <summary>Decides one draw; see <see cref="DrawResult"/> for what the caller does next.</summary>
    public DrawAnswer Decide(in DrawCommand command, RedPacketActivity activity)
    {
        var known = FindKey(command.User, command.KeyHash, command.BodyHash, command.Now);
        if (known.Result != DrawResult.None)
        {
            return known;
        }

        var answer = DecideNew(command, activity);
        var passedOn = activity.Shards > 1 && EverSealed && !command.KeyUnknownElsewhere;
        return passedOn && answer.Result != DrawResult.Empty
            ? new DrawAnswer(DrawResult.KeyMayBeElsewhere) { Round = answer.Round }
            : answer;
    }

    /// <summary>
    /// Packets that nobody can draw any more, to be paid back to the budget, each round's once.
    /// <paramref name="ended"/>: the campaign is over, whatever the rounds say.
    /// </summary>
    public ImmutableArray<PacketRefund> DueRefunds(RedPacketActivity activity, Instant now, bool ended)
    {
        var due = ImmutableArray.CreateBuilder<PacketRefund>();
        for (var round = 0; round < _rounds.Length; round++)
        {
            if (_rounds[round].Left > 0 && (ended || now >= RoundPlan.RefundAt(activity, round)))
            {
                due.Add(new PacketRefund(
                    new PacketRoundRefunded(round, _rounds[round].Left), _rounds[round].Remaining));
            }
        }

        return due.ToImmutable();
    }

    /// <summary>When <see cref="DueRefunds"/> will next have something, or null where nothing is left.</summary>
    public Instant? NextRefundAt(RedPacketActivity activity)
    {
        Instant? next = null;
        for (var round = 0; round < _rounds.Length; round++)
        {
            var at = RoundPlan.RefundAt(activity, round);
            if (_rounds[round].Left > 0 && !(next <= at))
            {
                next = at;
            }
        }

        return next;
    }

    /// <summary>The last entry; null while packets are left (refund them first) or where it is closed.</summary>
    public PacketPoolClosed? Close(int definitionVersion) =>
        IsClosed || PacketsLeft > 0 ? null : new PacketPoolClosed(definitionVersion);

    /// <param name="user">The account that the entry credits.</param>
    /// <param name="amount">The entry's transfer, minor units.</param>
    /// <param name="version">The entry's version in the pool's stream.</param>
    public void Apply(PacketDrawn drawn, StreamId user, long amount, long version)
    {
        JournalCheck.Require(!IsClosed && !_rounds[drawn.Round].Sealed, "a draw follows the end of its round");
        JournalCheck.Require(
            _lists[drawn.Origin] is not { } list || list[drawn.Packet] == amount,
            "a packet's amount is not the dealt one");
        _rounds[drawn.Origin].Draw(drawn.Packet, amount);
        _claims.Add(user, drawn.KeyHash, drawn.BodyHash, version, drawn.Day, drawn.Round);
    }

    public void Apply(PacketRoundSealed sealedRound) => _rounds[sealedRound.Round].Sealed = true;

    /// <param name="amount">The entry's transfer to the budget, minor units.</param>
    public void Apply(PacketRoundRefunded refunded, long amount) =>
        _rounds[refunded.Round].Refund(refunded.Count, amount);

    public void Apply(PacketPoolClosed closed)
    {
        JournalCheck.Require(
            !IsClosed && PacketsLeft == 0, $"closed by version {closed.DefinitionVersion} with packets left");
        IsClosed = true;
    }

    private DrawAnswer DecideNew(in DrawCommand command, RedPacketActivity activity)
    {
        var now = Instant.Max(_witnessed, command.Now);
        var round = command.Round is { } id
            ? RoundPlan.Find(activity, id)
            : RoundPlan.OpenOrNext(activity, now, command.EarlyFrom);
        if (round < 0 || round >= _rounds.Length)
        {
            return new DrawAnswer(command.Round is null ? DrawResult.Ended : DrawResult.UnknownRound);
        }

        if (now < RoundPlan.OpensAt(activity, round, command.EarlyFrom))
        {
            return new DrawAnswer(DrawResult.NotStarted) { Round = round };
        }

        if (now >= activity.Rounds[round].Until || IsClosed || _rounds[round].Refunded)
        {
            return new DrawAnswer(DrawResult.Ended) { Round = round };
        }

        // Claims of a user without limits concern nobody, and may be many.
        var counted = !command.LimitsDecided && activity.PerUser != UserLimits.None;
        var day = Math.Max(command.Day, command.Prior.AsOf);
        day = counted ? Math.Max(day, LatestDayOf(command.User)) : day;
        var prior = command.Prior.On(day);
        var claims = counted ? prior.Plus(ClaimsOf(command.User, day, round)) : prior;
        var refused = counted ? DrawLimits.Check(activity.PerUser, claims) : default;
        var answer = refused.Result != DrawResult.None ? refused : Take(command with { Day = day }, activity, round);
        return answer with { Round = round, Claims = claims };
    }

    /// <summary>
    /// A user's day never runs back, whichever shard was asked last: the clocks of two silos may show two days around
    /// midnight, and each would take the other's draws for those of another day.
    /// </summary>
    private int LatestDayOf(StreamId user)
    {
        var latest = 0;
        foreach (ref readonly var claim in _claims.Of(user))
        {
            latest = Math.Max(latest, claim.Day);
        }

        return latest;
    }

    private DrawAnswer Take(in DrawCommand command, RedPacketActivity activity, int round)
    {
        var origin = Source(activity, round);
        if (_rounds[round].Sealed || origin < 0)
        {
            return new DrawAnswer(DrawResult.Empty)
            {
                Seal = _rounds[round].Sealed ? null : new PacketRoundSealed(round),
            };
        }

        var packet = _rounds[origin].Drawn;
        return new DrawAnswer(DrawResult.Won)
        {
            Amount = List(origin)[packet],
            Drawn = new PacketDrawn(
                command.KeyHash, command.BodyHash, round, origin, packet, command.Day, command.Segment,
                command.FactsVersion, command.DefinitionVersion),
        };
    }

    /// <summary>The round whose list the next packet is from: its own first, then carried ones, or -1.</summary>
    private int Source(RedPacketActivity activity, int round)
    {
        if (_rounds[round].Left > 0)
        {
            return round;
        }

        for (var origin = 0; origin < _rounds.Length; origin++)
        {
            if (_rounds[origin].Left > 0 && RoundPlan.Carries(activity, origin, round))
            {
                return origin;
            }
        }

        return -1;
    }

    private RoundTerms TermsOf(RedPacketActivity activity, int round) =>
        RoundTerms.Of(_opened.CampaignId, activity, round);

    private PacketList List(int round)
    {
        if (_lists[round] is { } known)
        {
            return known;
        }

        var activity = _dealt ?? throw new InvalidOperationException("The pool has no seeds yet.");
        var list = PacketList.Deal(TermsOf(activity, round), _seeds[round], _opened.Shard);
        JournalCheck.Require(
            list.Count == _rounds[round].Funds.Count && list.Total == _rounds[round].Funds.Total,
            "the seed does not belong to this pool");
        return _lists[round] = list;
    }
}

/// <summary>A refund to commit.</summary>
/// <param name="Amount">Minor units, the entry's transfer to the campaign's budget.</param>
public sealed record PacketRefund(PacketRoundRefunded Event, long Amount);
