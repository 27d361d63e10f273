using Campaigns.Domain.Orders;
using Campaigns.Domain.SpendDiscounts;
using Campaigns.Domain.Tests.Stocks;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Campaigns.Domain.Tests.Orders;

/// <summary>
/// Several users, orders and days; reservations interleave step by step with everything else, credits come late, the
/// process is lost at any point. After each step: nothing over. Once all is settled: nothing stranded.
/// </summary>
public sealed class InterleavingTests
{
    private const int Orders = 12;
    private const int Users = 3;
    private const int StockPerDay = 5;
    private const int Stock = 9;
    private static readonly QuotaLimits Limits = new(2, 4, null);
    private static readonly LocalDate FirstDay = new(2027, 2, 5);

    public enum Kind
    {
        Begin,
        Advance,
        Reserve,
        Confirm,
        Cancel,
        Refund,
        Wait,
        Deliver,
        Crash,
    }

    public sealed record Call(Kind What, int Order, int Variant);

    [Fact]
    public void AnyInterleaving_KeepsQuotaStockAndLedger() =>
        Prop.ForAll(Arb.From(CallGen()).Array(), calls =>
        {
            var run = new Run(new DiscountDesk(Limits, StockPerDay, Stock));
            foreach (var call in calls)
            {
                run.Do(call);
                run.NothingIsOver();
            }

            run.Settle();
            run.NothingIsStranded();
            run.EveryAnswerIsRepeated();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(150));

    [Fact]
    public void FiftyReservationsOfOneUserAtOnce_WithAQuotaOfTwo_ExactlyTwoSucceedWhateverTheSchedule() =>
        Prop.ForAll(Arb.From(Gen.Shuffle(Enumerable.Range(0, 250).Select(turn => turn % 50))), schedule =>
        {
            var desk = new DiscountDesk(new QuotaLimits(2, null, null), null, stock: 50);
            var attempts = new SortedDictionary<int, Attempt>();
            foreach (var order in schedule)
            {
                if (!attempts.TryGetValue(order, out var attempt))
                    attempts[order] = desk.Begin(new OrderRequest(order, 1, 10_000));
                else if (attempt.Answer is null)
                    desk.Advance(attempt);
            }

            attempts.Values.Count(attempt => attempt.Answer!.StartsWith("reserved")).ShouldBe(2);
            attempts.Values.Count(attempt => attempt.Answer == "QuotaExceeded").ShouldBe(48);
            desk.Stock.Book.Pieces.Held.ShouldBe(2);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private static Gen<Call> CallGen() =>
        from kind in Gen.Frequency(
            (6, Gen.Constant(Kind.Begin)),
            (12, Gen.Constant(Kind.Advance)),
            (6, Gen.Constant(Kind.Reserve)),
            (6, Gen.Constant(Kind.Confirm)),
            (4, Gen.Constant(Kind.Cancel)),
            (6, Gen.Constant(Kind.Refund)),
            (4, Gen.Constant(Kind.Wait)),
            (4, Gen.Constant(Kind.Deliver)),
            (1, Gen.Constant(Kind.Crash)))
        from order in Gen.Choose(0, Orders - 1)
        from variant in Gen.Frequency((4, Gen.Constant(0)), (2, Gen.Choose(1, 5)))
        select new Call(kind, order, variant);

    private sealed class Run(DiscountDesk desk)
    {
        private readonly SortedDictionary<string, (Call Call, string Answer)> _answers = [];
        private readonly List<Attempt> _begun = [];

        public void Do(Call call)
        {
            switch (call.What)
            {
                case Kind.Begin:
                    _begun.Add(desk.Begin(RequestOf(call)));
                    break;
                case Kind.Advance:
                    desk.Advance(call.Order);
                    break;
                case Kind.Wait:
                    desk.Wait(Duration.FromMinutes(call.Variant == 0 ? 3 : call.Variant * 150));
                    break;
                case Kind.Deliver:
                    desk.Deliver(1 + call.Variant);
                    break;
                case Kind.Crash:
                    desk.Crash();
                    break;
                default:
                    Remember(call, Ask(call));
                    break;
            }

            foreach (var (request, answer) in _begun.Select(attempt => (attempt.Request, attempt.Answer)))
            {
                if (answer is not null)
                    Remember(new Call(Kind.Reserve, request.Order, VariantOf(request)), answer);
            }

            _begun.RemoveAll(attempt => attempt.Answer is not null);
        }

        public void NothingIsOver()
        {
            var book = desk.Stock.Book;
            desk.Stock.ShouldBalance(["shop-1"]);
            (book.Pieces.Held + book.Pieces.Issued).ShouldBeLessThanOrEqualTo(Stock);
            foreach (var day in Days())
            {
                book.TakenOn(day).ShouldBeLessThanOrEqualTo(StockPerDay);
                for (var user = 0; user < Users; user++)
                    Live(user, day).ShouldBeLessThanOrEqualTo(2);
            }
        }

        /// <summary>Runs end, holds end, credits arrive.</summary>
        public void Settle()
        {
            foreach (var order in desk.InFlight.ToList())
            {
                while (desk.InFlight.Contains(order))
                    desk.Advance(order);
            }

            desk.Wait(DiscountDesk.HoldFor);
            desk.Deliver(int.MaxValue);
        }

        public void NothingIsStranded()
        {
            var book = desk.Stock.Book;
            var confirmed = Enumerable.Range(0, Orders).Select(desk.View)
                .Where(view => view?.State == OrderState.Confirmed).ToList();
            book.Pieces.Held.ShouldBe(0);
            book.Money.Held.ShouldBe(0);
            book.Pieces.Issued.ShouldBe(confirmed.Count);
            book.Money.Issued.ShouldBe(confirmed.Sum(view => view!.Off - view.Returned));
            foreach (var day in Days())
            {
                Enumerable.Range(0, Users).Sum(user => Live(user, day)).ShouldBe((int)book.TakenOn(day));
                for (var user = 0; user < Users; user++)
                    desk.QuotaOf(user).AcceptedOn(day).ShouldBe(Live(user, day));
            }
        }

        /// <summary>What once changed something is answered the same for good.</summary>
        public void EveryAnswerIsRepeated()
        {
            foreach (var (call, answer) in _answers.Values)
                Ask(call).ShouldBe(answer, $"{call}");
            NothingIsOver();
        }

        private static IEnumerable<LocalDate> Days() => Enumerable.Range(0, 40).Select(days => FirstDay.PlusDays(days));

        private static OrderRequest RequestOf(Call call) =>
            new(call.Order, call.Order % Users, call.Variant == 5 ? 20_000 : 10_000);

        private static int VariantOf(OrderRequest request) => request.Amount == 20_000 ? 5 : 0;

        private int Live(int user, LocalDate day) => Enumerable.Range(0, Orders).Count(order =>
            desk.OrderOf(order).Reserved is { } reserved
            && reserved.Day == day
            && reserved.User == StockJournal.User(user)
            && desk.View(order)!.State is OrderState.Reserved or OrderState.Confirmed);

        private string Ask(Call call) => call.What switch
        {
            Kind.Reserve => desk.Reserve(RequestOf(call)),
            Kind.Confirm => desk.Confirm(call.Order, $"pay-{call.Variant / 5}", call.Variant == 4 ? 18_000 : 8_000),
            Kind.Cancel => desk.Cancel(call.Order),
            _ => call.Variant switch
            {
                0 => desk.Refund(call.Order, "all", 8_000),
                5 => desk.Refund(call.Order, "large", 18_000),
                var part => desk.Refund(call.Order, $"part-{part}", part * 999),
            },
        };

        private void Remember(Call call, string answer)
        {
            if (!char.IsLower(answer[0]))
                return;
            var key = $"{call}";
            if (!_answers.TryAdd(key, (call, answer)))
                _answers[key].Answer.ShouldBe(answer, key);
        }
    }
}
