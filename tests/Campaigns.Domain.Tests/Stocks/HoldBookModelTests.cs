using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Campaigns.Domain.Tests.Stocks;

/// <summary>
/// Any calls in any order, several orders, users, merchants and days: after each call the stock answers and stands as
/// the naive one does, its ledger adds up, and an activation that knows only the rows, or only a snapshot, agrees.
/// </summary>
public sealed class HoldBookModelTests
{
    private const int Orders = 8;
    private static readonly string[] Merchants = ["shop-0", "shop-1"];
    private static readonly Instant Start = Instant.FromUtc(2027, 2, 5, 23, 50);
    private static readonly LocalDate FirstDay = new(2027, 2, 5);

    /// <param name="What">Which call.</param>
    /// <param name="Order">Which order.</param>
    /// <param name="Variant">What else the call carries: mostly the first variant, so that retries occur.</param>
    public sealed record Call(Kind What, int Order, int Variant);

    public enum Kind
    {
        Hold,
        Confirm,
        Release,
        Return,
        Wait,
        Fund,
        Close,
    }

    public static TheoryData<bool, bool, int?> Stocks => new()
    {
        { true, true, 2 },
        { true, false, null },
        { false, true, null },
        { false, false, 3 },
    };

    [Theory]
    [MemberData(nameof(Stocks))]
    public void AnyCalls_AnswerAndCountAsTheNaiveStockDoes(bool money, bool pieces, int? perDay) =>
        Prop.ForAll(Arb.From(CallGen()).Array(), calls =>
        {
            var run = new Run(StockJournal.Discounts(perDay, money, pieces));
            foreach (var call in calls)
            {
                run.Do(call);
                run.ShouldAgree();
            }

            run.ShouldSurviveReload();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(120));

    private static Gen<Call> CallGen() =>
        from kind in Gen.Frequency(
            (8, Gen.Constant(Kind.Hold)),
            (6, Gen.Constant(Kind.Confirm)),
            (3, Gen.Constant(Kind.Release)),
            (6, Gen.Constant(Kind.Return)),
            (4, Gen.Constant(Kind.Wait)),
            (1, Gen.Constant(Kind.Fund)))
        from order in Gen.Choose(0, Orders - 1)
        from variant in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(0, 5)))
        from close in Gen.Choose(0, 60)
        select new Call(close == 0 ? Kind.Close : kind, order, variant);

    private sealed class Run
    {
        private readonly StockJournal _journal = new();
        private readonly NaiveStock _naive;
        private readonly bool _money;
        private readonly bool _pieces;
        private Instant _now = Start;
        private long _version = 1;

        public Run(StockTerms terms)
        {
            (_money, _pieces) = (terms.MoneyLimited, terms.PiecesLimited);
            var (money, pieces) = (_money ? 900 : 0, _pieces ? 4 : 0);
            _journal.Open(terms, money, pieces);
            _naive = new NaiveStock(terms, money, pieces);
        }

        private HoldBook Book => _journal.Book;

        public void Do(Call call)
        {
            switch (call.What)
            {
                case Kind.Hold:
                    Same(_journal.Commit(Book.DecideHold(HoldOf(call), _now)), _naive.Hold(HoldOf(call)));
                    break;
                case Kind.Confirm:
                    Same(_journal.Commit(Book.DecideConfirm(ConfirmOf(call), _now)), _naive.Confirm(ConfirmOf(call)));
                    break;
                case Kind.Release:
                    var order = StockJournal.Order(call.Order);
                    Same(_journal.Commit(Book.DecideRelease(order, _now)), _naive.Release(order));
                    break;
                case Kind.Return:
                    Same(_journal.Commit(Book.DecideReturn(ReturnOf(call), _now)), _naive.Return(ReturnOf(call)));
                    break;
                case Kind.Wait:
                    _now += Duration.FromMinutes(1 + (call.Variant * 4));
                    _journal.Expire(_now);
                    _naive.Expire(_now);
                    break;
                case Kind.Fund:
                    Fund(call.Variant);
                    break;
                default:
                    _journal.Commit(Book.DecideClose(_now));
                    _naive.Close();
                    break;
            }
        }

        public void ShouldAgree()
        {
            Book.Money.ShouldBe(_naive.Money());
            Book.Pieces.ShouldBe(_naive.Pieces());
            _journal.ShouldBalance(Merchants);
            for (var day = FirstDay; day < FirstDay.PlusDays(3); day = day.PlusDays(1))
                Book.TakenOn(day).ShouldBe(_naive.TakenOn(day));
            for (var order = 0; order < Orders; order++)
            {
                var naive = _naive.Find(StockJournal.Order(order));
                var view = Book.Find(StockJournal.Order(order));
                (view?.State, view?.Refunded, view?.Returned).ShouldBe(
                    (naive?.State, naive?.Refunded, naive?.Returned));
            }

            _journal.Quotas.Select(quota => quota.Restored.Order).Order().ShouldBe(_naive.CameToNothing);
        }

        public void ShouldSurviveReload()
        {
            var state = Convert.ToHexString(Book.WriteState());
            foreach (var other in (HoldBook[])[_journal.Replay(), _journal.Reload()])
            {
                Convert.ToHexString(other.WriteState()).ShouldBe(state);
                other.NextExpiry.ShouldBe(Book.NextExpiry);
                for (var order = 0; order < Orders; order++)
                    other.Find(StockJournal.Order(order)).ShouldBe(Book.Find(StockJournal.Order(order)));
                for (var day = FirstDay; day < FirstDay.PlusDays(3); day = day.PlusDays(1))
                    other.TakenOn(day).ShouldBe(Book.TakenOn(day));
            }
        }

        private static void Same<TEvent>(Decision<TEvent> decision, string expected)
            where TEvent : StockEvent =>
            (decision.Event?.ToString() ?? $"{decision.Refusal} {decision.Detail}".TrimEnd()).ShouldBe(expected);

        private void Fund(int variant)
        {
            // A variant above 3 is a credit that the stock has met before.
            _version += variant > 3 ? 0 : 1;
            var (money, pieces) = (_money ? variant * 100 : 0, _pieces ? variant : 0);
            if (_journal.Fund(_version, money, pieces).Accepted)
                _naive.Fund(money, pieces);
        }

        private HoldOrder HoldOf(Call call) => new()
        {
            Order = StockJournal.Order(call.Order),
            User = StockJournal.User(call.Order % 3),
            Merchant = Merchants[call.Order % 2],
            Amount = 100 + (37 * call.Order),
            Payment = call.Order == 0 ? 0 : 250 + (53 * call.Order),
            Pieces = 1,
            Day = FirstDay.PlusDays(_now < Start + Duration.FromMinutes(10) ? 0 : 1),
            ExpiresAt = call.Order == 1 ? null : _now + Duration.FromMinutes(15 + call.Variant),
            BodyHash = call.Variant == 5 ? 99UL : 7UL,
        };

        private static ConfirmHold ConfirmOf(Call call) => new(
            StockJournal.Order(call.Order),
            call.Variant == 4 ? "another" : $"pay-{call.Order}",
            (call.Order == 0 ? 0 : 250 + (53 * call.Order)) + (call.Variant == 5 ? 1 : 0));

        // Refunds 1 and 2 may retry with another amount, 3 gives the rest of what 1 and 2 leave.
        private static ReturnPayment ReturnOf(Call call)
        {
            var payment = call.Order == 0 ? 0 : 250 + (53 * call.Order);
            var (id, amount) = call.Variant switch
            {
                0 => ("all", payment),
                1 => ("part", payment / 3),
                2 => ("more", payment / 5),
                3 => ("rest", payment - (payment / 3) - (payment / 5)),
                4 => ("part", (payment / 3) + 1),
                _ => ("small", 1),
            };
            return new ReturnPayment(StockJournal.Order(call.Order), id, amount);
        }
    }
}
