using Campaigns.Domain.Orders;
using Campaigns.Domain.SpendDiscounts;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Orders;

/// <summary>
/// Every sequence of up to five of {reserve, confirm, cancel, expire, refund a part, refund the rest}, repetitions
/// included, against a table of states.
/// </summary>
public sealed class OneOrderTests
{
    private const string Calls = "RCXEPF";
    private const int Length = 5;
    private static readonly OrderRequest Request = new(1, 1, 10_000);

    [Theory]
    [InlineData('R')]
    [InlineData('C')]
    [InlineData('X')]
    [InlineData('E')]
    [InlineData('P')]
    [InlineData('F')]
    public void EverySequence_AnswersByTheTableAndKeepsQuotaStockAndLedger(char first)
    {
        var sequences = 0;
        Walk($"{first}", sequence =>
        {
            sequences++;
            Check(sequence);
        });
        sequences.ShouldBe(1 + 6 + 36 + 216 + 1_296);
    }

    [Theory]
    [InlineData("RC", OrderState.Confirmed, 0, 0)]
    [InlineData("R", OrderState.Reserved, 0, 0)]
    [InlineData("RX", OrderState.Cancelled, 0, 0)]
    [InlineData("X", OrderState.Cancelled, 0, 0)]
    [InlineData("RE", OrderState.Expired, 0, 0)]
    [InlineData("RCP", OrderState.Confirmed, 3_001, 750)]
    [InlineData("RCPF", OrderState.Refunded, 8_000, 2_000)]
    public void View_TellsTheState(string sequence, OrderState state, long refunded, long returned)
    {
        var desk = NewDesk();
        desk.View(1).ShouldBeNull();
        foreach (var call in sequence)
            Do(desk, call);

        var view = desk.View(1)!;

        (view.State, view.Refunded, view.Returned).ShouldBe((state, refunded, returned));
        (view.Off, view.Pay).ShouldBe(sequence == "X" ? (0, 0) : (2_000, 8_000));
    }

    [Fact]
    public void TombstoneAndReservation_AreOnceOnly()
    {
        var order = new PartnerOrder();
        order.Apply(new OrderTombstoned("order/shop/1"));

        order.Answer(1)!.Value.Refusal.ShouldBe(Refusal.Cancelled);
        Should.Throw<InvalidOperationException>(() => order.Apply(new OrderTombstoned("order/shop/1")));
    }

    [Fact]
    public void SameOrderWithAnotherBody_IsKeyReused()
    {
        var desk = NewDesk();
        desk.Reserve(Request);

        desk.Reserve(Request with { Amount = 10_001 }).ShouldBe("KeyReused");
        desk.Reserve(Request with { User = 2 }).ShouldBe("KeyReused");
    }

    private static DiscountDesk NewDesk() => new(new QuotaLimits(1, null, null), stockPerDay: 1, stock: 1);

    private static void Walk(string sequence, Action<string> visit)
    {
        visit(sequence);
        foreach (var call in sequence.Length < Length ? Calls : "")
            Walk(sequence + call, visit);
    }

    private static void Check(string sequence)
    {
        var desk = NewDesk();
        var table = new Table();
        foreach (var call in sequence)
        {
            Do(desk, call).ShouldStartWith(table.Answer(call), Case.Sensitive, sequence);
            desk.Stock.ShouldBalance(["shop-1"]);
        }

        desk.Deliver(int.MaxValue);
        var live = table.State is "held" or "confirmed" ? 1 : 0;
        var day = Instant.FromUtc(2027, 2, 5, 23, 0).InUtc().Date;
        var used = Enumerable.Range(0, 7).Sum(days => desk.QuotaOf(1).AcceptedOn(day.PlusDays(days)));
        used.ShouldBe(live, sequence);
        Enumerable.Range(0, 7).Sum(days => desk.Stock.Book.TakenOn(day.PlusDays(days))).ShouldBe(live, sequence);
        desk.Stock.Book.Pieces.Remaining.ShouldBe(1 - live, sequence);
        desk.Stock.Book.Money.ShouldBe(
            table.State switch
            {
                "held" => new StockAccount(2_000, 0, 2_000, 0, 0),
                "confirmed" => new StockAccount(2_000, table.Returned, 0, 2_000 - table.Returned, 0),
                _ => new StockAccount(2_000, 2_000, 0, 0, 0),
            },
            sequence);
        desk.Stock.Quotas.Count.ShouldBe(table.State is "cancelled" or "expired" or "returned" ? 1 : 0, sequence);
    }

    private static string Do(DiscountDesk desk, char call)
    {
        switch (call)
        {
            case 'R':
                return desk.Reserve(Request);
            case 'C':
                return desk.Confirm(1, "pay-1", 8_000);
            case 'X':
                return desk.Cancel(1);
            case 'P':
                return desk.Refund(1, "part", 3_001);
            case 'F':
                return desk.Refund(1, "rest", 4_999);
            default:
                desk.Wait(DiscountDesk.HoldFor);
                return "";
        }
    }

    /// <summary>What one order answers, written down without any of the code under test.</summary>
    private sealed class Table
    {
        private readonly SortedSet<char> _refunds = [];

        public string State { get; private set; } = "unknown";

        // floor(2000 * 3001 / 8000) for the part alone, floor(2000 * 4999 / 8000) for the rest alone.
        public long Returned => _refunds.Contains('P') ? 750 : _refunds.Contains('F') ? 1_249 : 0;

        public string Answer(char call) => (call, State) switch
        {
            ('R', "unknown") => Become("held", "reserved 2000 off, pays 8000 until 2027-02-"),
            ('R', "tombstone") => "Cancelled",
            ('R', _) => "reserved 2000 off, pays 8000 until 2027-02-",
            ('E', "held") => Become("expired", ""),
            ('E', _) => "",
            ('X', "unknown") => Become("tombstone", "cancelled"),
            ('X', "held") => Become("cancelled", "cancelled"),
            ('X', "tombstone" or "cancelled") => "cancelled",
            ('X', "confirmed" or "returned") => "Confirmed",
            ('C', "held") => Become("confirmed", "confirmed"),
            ('C', "confirmed" or "returned") => "confirmed",
            ('P' or 'F', "held") => "Held",
            ('P' or 'F', "confirmed" or "returned") => Refund(call),
            (_, "unknown") => "NotFound",
            (_, "expired") => "Expired",
            (_, "tombstone" or "cancelled") => "Cancelled",
            _ => throw new InvalidOperationException($"{call} in {State}"),
        };

        private string Become(string state, string answer)
        {
            State = state;
            return answer;
        }

        private string Refund(char call)
        {
            if (_refunds.Add(call) && _refunds.Count == 2)
                State = "returned";
            return $"refunded {(call == 'P' ? 3_001 : 4_999)} of the payment, ";
        }
    }
}
