using Campaigns.Domain.Payloads;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Checks;

/// <summary>A draw as its entry tells it.</summary>
internal sealed record DrawOf(string Pool, Entry Entry, PacketDrawn Drawn);

/// <summary>One shard of the red packets, counted anew from its entries.</summary>
internal sealed class PoolBook(Books books, BagPlan plan, string name)
{
    private RoundBook[] _rounds = [];

    public bool IsClosed { get; private set; }

    public long Issued => _rounds.Sum(round => round.Issued);

    public bool IsSealed(int round) => _rounds.Length > round && _rounds[round].Sealed;

    public void Observe(Entry entry)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        switch (entry.Kind)
        {
            case EntryKind.PacketPoolOpened:
                Open(entry, PacketPoolOpened.Read(ref reader));
                break;
            case EntryKind.PacketDrawn:
                Draw(entry, PacketDrawn.Read(ref reader));
                break;
            case EntryKind.PacketRoundSealed:
                Seal(PacketRoundSealed.Read(ref reader).Round);
                break;
            case EntryKind.PacketRoundRefunded:
                Refund(entry, PacketRoundRefunded.Read(ref reader));
                break;
            case EntryKind.PacketPoolClosed:
                books.Require(!IsClosed && _rounds.All(round => round.Left == 0), Rules.NeverUnder,
                    $"{name} closes with packets left");
                IsClosed = true;
                break;
            default:
                books.Require(false, Rules.DoubleEntry, $"{name} holds a {entry.Kind}");
                break;
        }
    }

    private void Open(Entry entry, PacketPoolOpened opened)
    {
        books.Require(entry.Version == 1 && _rounds.Length == 0, Rules.Versions, $"{name} is opened twice");
        _rounds = [.. opened.Rounds.Select(round => new RoundBook(round.Count, round.Total))];
        var funded = books.Accounts.Of(entry.Stream, Units.Cash);
        books.Require(_rounds.Sum(round => round.Total) == funded, Rules.Conservation,
            $"{name} opens with {_rounds.Sum(round => round.Total)}, was funded with {funded}");
        books.Require(_rounds.Length == plan.Rounds.Count, Rules.Conservation, $"{name} has other rounds");
    }

    private void Draw(Entry entry, PacketDrawn drawn)
    {
        books.Move(entry.Stream, entry.Credit, entry);
        var round = plan.Rounds[drawn.Round];
        var at = DateTimeOffset.FromUnixTimeMilliseconds(entry.At);
        var origin = _rounds[drawn.Origin];
        books.Require(entry.Unit == Units.Cash, Rules.DoubleEntry, $"{name} pays {entry.Unit}");
        books.Require(at >= round.From && at < round.Until, Rules.Limits, $"{name} draws in {round.Id} at {at:O}");
        books.Require(!IsClosed && !_rounds[drawn.Round].Sealed, Rules.Refusals,
            $"{name} grants in {round.Id} after it has said that it is empty");
        books.Require(!origin.Refunded && drawn.Packet == origin.Drawn && origin.Left > 0, Rules.Conservation,
            $"{name} gives packet {drawn.Packet} of round {drawn.Origin}, {origin.Drawn} are given");
        var carried = plan.CarriesOver && drawn.Origin < drawn.Round;
        books.Require(drawn.Origin == drawn.Round || carried, Rules.Conservation,
            $"{name} gives a packet of round {drawn.Origin} in round {drawn.Round}");
        books.Require(entry.Amount >= plan.Min && entry.Amount <= plan.Max, Rules.Limits,
            $"{name} gives {entry.Amount}, not within {plan.Min} and {plan.Max}");
        origin.Give(entry.Amount);
        books.Require(origin.Left > 0 ? origin.Issued < origin.Total : origin.Issued == origin.Total,
            Rules.Conservation, $"{name} has given {origin.Issued} of {origin.Total}, {origin.Left} packets are left");
        books.User(entry.Credit)?.Draw(new DrawOf(name, entry, drawn), plan);
    }

    private void Seal(int round)
    {
        books.Require(!_rounds[round].Sealed, Rules.Versions, $"{name} seals {round} twice");
        for (var origin = 0; origin <= round; origin++)
        {
            books.Require(_rounds[origin].Left == 0 || (origin < round && !plan.CarriesOver), Rules.Refusals,
                $"{name} says that round {round} is empty, {_rounds[origin].Left} packets are left of {origin}");
        }

        _rounds[round].Sealed = true;
    }

    private void Refund(Entry entry, PacketRoundRefunded refunded)
    {
        var round = _rounds[refunded.Round];
        books.Require(entry.Credit == books.Campaign && !round.Refunded && refunded.Count == round.Left
            && entry.Amount == round.Total - round.Issued, Rules.Conservation,
            $"{name} gives back {entry.Amount} of round {refunded.Round}, {round.Total - round.Issued} are left");
        var last = plan.CarriesOver ? plan.Rounds[^1].Until : plan.Rounds[refunded.Round].Until;
        books.Require(DateTimeOffset.FromUnixTimeMilliseconds(entry.At) >= last || books.EndDecided, Rules.NeverUnder,
            $"{name} gives back round {refunded.Round} before it is over");
        books.Move(entry.Stream, entry.Credit, entry);
        round.Refunded = true;
    }

    private sealed class RoundBook(int count, long total)
    {
        public long Total => total;

        public int Drawn { get; private set; }

        public long Issued { get; private set; }

        public bool Sealed { get; set; }

        public bool Refunded { get; set; }

        public int Left => Refunded ? 0 : count - Drawn;

        public void Give(long amount)
        {
            Drawn++;
            Issued += amount;
        }
    }
}
