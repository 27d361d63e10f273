using Campaigns.Contracts;
using FsCheck;
using FsCheck.Fluent;
using static Campaigns.Grains.Tests.Calls;
using Outcome = Campaigns.Contracts.Outcome;

namespace Campaigns.Grains.Tests.Models;

/// <summary>
/// Any calls of several users in any order, with pauses, restarts and days between: each answer is the naive night's,
/// and after each call the journal adds up to what the naive night counts.
/// </summary>
public sealed class NightModelTests
{
    private const int Packets = 3;
    private const int Pieces = 4;
    private const int Users = 4;

    public enum Kind
    {
        CheckIn,
        Draw,
        Reserve,
        Confirm,
        Cancel,
        Refund,
        PutFacts,
        Pause,
        Resume,
        Wait,
        NextDay,
        Restart,
    }

    /// <param name="Variant">Which key or order: few, so that retries occur.</param>
    public sealed record Call(Kind What, int User, int Variant);

    [Fact]
    public void AnyCalls_AnswerAndCountAsTheNaiveNightDoes() =>
        Prop.ForAll(
            Arb.From(CallGen()).Array(),
            Play)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12).WithStartSize(20).WithEndSize(60));

    private static Gen<Call> CallGen() =>
        from kind in Gen.Frequency(
            (6, Gen.Constant(Kind.CheckIn)),
            (6, Gen.Constant(Kind.Draw)),
            (10, Gen.Constant(Kind.Reserve)),
            (6, Gen.Constant(Kind.Confirm)),
            (4, Gen.Constant(Kind.Cancel)),
            (4, Gen.Constant(Kind.Refund)),
            (2, Gen.Constant(Kind.PutFacts)),
            (1, Gen.Constant(Kind.Pause)),
            (2, Gen.Constant(Kind.Resume)),
            (2, Gen.Constant(Kind.Wait)),
            (2, Gen.Constant(Kind.NextDay)),
            (1, Gen.Constant(Kind.Restart)))
        from user in Gen.Choose(0, Users - 1)
        from variant in Gen.Choose(0, 2)
        select new Call(kind, user, variant);

    /// <summary>Properties are synchronous; away from the test's context the calls go on on any thread.</summary>
    private static void Play(Call[] calls) => Task.Run(() => PlayAsync(calls)).GetAwaiter().GetResult();

    private static async Task PlayAsync(Call[] calls)
    {
        var run = new Run(await OpenAsync());
        try
        {
            foreach (var call in calls)
            {
                await run.DoAsync(call);
                await run.ShouldAgreeAsync();
            }
        }
        finally
        {
            await run.DisposeAsync();
        }
    }

    private static async Task<TestSilo> OpenAsync()
    {
        var silo = await TestSilo.StartAsync(grains: Options());
        silo.Time.Set(new DateTimeOffset(2027, 2, 1, 0, 10, 0, TimeSpan.FromHours(8)));
        await silo.OpenAsync(Pools.Plain(silo, count: Packets, total: 300)
            .Schedule(
                silo.Time.GetUtcNow().AddHours(-2), silo.Time.GetUtcNow().AddHours(-1),
                silo.Time.GetUtcNow().AddDays(90), silo.Time.GetUtcNow().AddDays(91))
            .Budget("discounts", 1_000_000)
            .Add("""{"id": "daily", "type": "check-in", "everyDay": [{"kind": "points", "amount": 5}]}""")
            .Add($$"""
                {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}],
                 "perUserPerDay": 2, "stock": {{Pieces}}, "merchants": ["*"], "holdFor": "PT15M"}
                """));
        return silo;
    }

    private static GrainOptions Options() => new()
    {
        SnapshotEvery = 3,
        SnapshotOnSleep = 1,
        ExpiryInterval = TimeSpan.FromMilliseconds(20),
    };

    private sealed class Run(TestSilo silo) : IAsyncDisposable
    {
        private readonly NaiveNight _naive = new(Packets, Pieces, perUserPerDay: 2);
        private readonly Dictionary<string, DrawResult> _drawn = [];
        private TestSilo _silo = silo;
        private long _facts;

        public async Task DoAsync(Call call)
        {
            var user = $"u{call.User}";
            var key = (ulong)call.Variant + 1;
            var order = $"{user}-{call.Variant}";
            switch (call.What)
            {
                case Kind.CheckIn:
                    await CheckInAsync(user, ((ulong)_naive.Day * 10) + key);
                    break;
                case Kind.Draw:
                    await DrawAsync(user, key);
                    break;
                case Kind.Reserve:
                    (await OrderAsync(() => _silo.ReserveAsync(user, order))).ShouldBe(_naive.Reserve(user, order));
                    break;
                case Kind.Confirm:
                    (await OrderAsync(() => Order(order).Confirm(new ConfirmCommand("p", 8_000, 1))))
                        .ShouldBe(_naive.Confirm(order));
                    break;
                case Kind.Cancel:
                    (await OrderAsync(() => Order(order).Cancel())).ShouldBe(_naive.Cancel(order));
                    break;
                case Kind.Refund:
                    (await OrderAsync(() => Order(order).Refund(new RefundCommand("r", 8_000, 1))))
                        .ShouldBe(_naive.Refund(order));
                    break;
                case Kind.PutFacts:
                    (await _silo.PutFactsAsync(user, Facts(++_facts, ("city", "hangzhou")))).Applied.ShouldBeTrue();
                    break;
                case Kind.Pause:
                    await StandAsync(paused: true);
                    break;
                case Kind.Resume:
                    await StandAsync(paused: false);
                    break;
                case Kind.Wait:
                    _silo.Time.Advance(TimeSpan.FromMinutes(16));
                    _naive.Wait(days: 0);
                    break;
                case Kind.NextDay:
                    _silo.Time.Advance(TimeSpan.FromDays(1));
                    _naive.Wait(days: 1);
                    break;
                default:
                    _silo = await _silo.RestartAsync(Options());
                    break;
            }
        }

        public async Task ShouldAgreeAsync()
        {
            for (var user = 0; user < Users; user++)
            {
                var drawn = _drawn.TryGetValue($"u{user}", out var result) ? result.Amount : 0;
                (await _silo.BalanceAsync($"u{user}")).ShouldBe(drawn);
                (await _silo.BalanceAsync($"u{user}", "points")).ShouldBe(_naive.PointsOf($"u{user}"));
                for (var variant = 0; variant < 3; variant++)
                {
                    var order = await Order($"u{user}-{variant}").Get();
                    (order.Order?.State).ShouldBe(_naive.StateOf($"u{user}-{variant}"));
                    (order.Outcome == Outcome.NotFound).ShouldBe(_naive.StateOf($"u{user}-{variant}") is null);
                }
            }

            // The stock's timer or the look at an order has committed the expiries by now.
            var accounts = await _silo.ShouldBeCleanAsync();
            accounts.Single(account => account.Account == "night/bag/0").Issued
                .ShouldBe(_drawn.Values.Sum(result => result.Amount));
            var stock = accounts.Single(account => account is { Account: "night/spend/0", Unit: "pieces" });
            (stock.Held, stock.Issued).ShouldBe((_naive.Held, _naive.Issued));
        }

        public ValueTask DisposeAsync() => _silo.DisposeAsync();

        private static async Task<Outcome> OrderAsync(Func<Task<OrderReply>> call) =>
            (await PatientAsync(call, reply => reply.Outcome)).Outcome;

        private IOrderGrain Order(string order) => _silo.Grains.Order("shop", order);

        private async Task CheckInAsync(string user, ulong key)
        {
            var reply = await PatientAsync(() => _silo.CheckInAsync(user, key), reply => reply.Outcome);
            var (outcome, streak) = _naive.CheckIn(user, key);
            reply.Outcome.ShouldBe(outcome);
            (reply.Result?.Streak ?? 0).ShouldBe(streak);
        }

        private async Task DrawAsync(string user, ulong key)
        {
            var reply = await PatientAsync(() => _silo.DrawAsync(user, key: key));
            reply.Outcome.ShouldBe(_naive.Draw(user, key));
            if (reply.Result is { } result)
            {
                _drawn.TryAdd(user, result);
                result.ShouldBe(_drawn[user]);
            }
        }

        private async Task StandAsync(bool paused)
        {
            var action = paused ? LifecycleAction.Pause : LifecycleAction.Resume;
            var expected = _naive.Paused == paused ? Outcome.WrongState : Outcome.Done;
            (await _silo.ActAsync("night", action, "planner")).ShouldBe(expected);
            _naive.Paused = paused;
            await _silo.HearsAsync(paused ? Outcome.Paused : Outcome.NotFound);
        }
    }
}
