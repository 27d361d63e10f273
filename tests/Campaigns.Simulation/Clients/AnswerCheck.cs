using Campaigns.Contracts;
using Campaigns.Domain.Values;
using Campaigns.Simulation.Checks;
using Campaigns.Simulation.Cluster;
using Campaigns.Simulation.Plans;
using HoldState = Campaigns.Domain.Stocks.HoldState;

namespace Campaigns.Simulation.Clients;

/// <summary>What was durable when a client asked.</summary>
/// <param name="Step">Entries that were in the journal.</param>
/// <param name="Balances">Of the user who looks.</param>
/// <param name="Overtaken">A grain that has to answer had an activation that was overtaken.</param>
/// <param name="Known">The version of the campaign's stream that every process has to know of.</param>
internal sealed record Asked(long Step, IReadOnlyDictionary<string, long>? Balances, bool Overtaken, long Known);

/// <summary>
/// Holds every answer against the journal at the moment in which the client has it: what it says must be durable, a
/// refusal must be true, and the same operation is answered the same for good. The one exception: an activation that
/// was overtaken by another one's commit may refuse or show what was true before, for only writing meets the fence.
/// </summary>
internal sealed class AnswerCheck(World world)
{
    private static readonly string[] Kept = [Units.Cash, Units.Points];
    private readonly Dictionary<string, string> _first = [];

    private Books Books => world.Books;

    public Asked Ask(ClientItem item) => new(
        Books.Step,
        item is LookItem look ? Kept.ToDictionary(unit => unit, unit => Durable(look.User, unit)) : null,
        GrainsOf(item).Any(world.Overtaken.Lives),
        world.Standing.KnownAt(world.Clock.Elapsed));

    public void Answered(ClientItem item, Answer answer, Asked asked)
    {
        RequireSame(item, answer);
        var changes = answer.Outcome == Outcome.Done && item is not (LookItem or LookAtOrderItem);
        if (!changes && (asked.Overtaken || GrainsOf(item).Any(grain => world.Overtaken.Since(grain, asked.Step))))
            return;
        switch (item)
        {
            case DrawItem draw:
                Check(draw, answer);
                break;
            case CheckInItem checkIn:
                Check(checkIn, answer, asked);
                break;
            case ReserveItem reserve:
                Check(reserve, answer, asked);
                break;
            case ConfirmItem confirm:
                Check(confirm, answer);
                break;
            case CancelItem cancel:
                Check(cancel, answer);
                break;
            case RefundItem refund:
                Check(refund, answer);
                break;
            case LookItem look:
                Check(look, answer, asked);
                break;
            case LookAtOrderItem look:
                Check(look, answer);
                break;
            case ReviseItem revise:
                Check(revise, answer);
                break;
        }
    }

    /// <summary>The grains whose state the answer may rest on.</summary>
    private IEnumerable<GrainId> GrainsOf(ClientItem item) => item switch
    {
        DrawItem draw => Enumerable.Range(0, world.Plan.Campaign.Packets!.Shards)
            .Select(shard => Id("packetpool", GrainKeys.Pool(CampaignPlan.Id, CampaignPlan.Bag, shard)))
            .Append(Id("user", draw.User)),
        CheckInItem checkIn =>
        [
            Id("user", checkIn.User), Id("stock", GrainKeys.Pool(CampaignPlan.Id, CampaignPlan.Daily, 0)),
        ],
        LookItem look => [Id("user", look.User)],
        ReserveItem reserve => [Id("user", reserve.User), .. OrderGrains(reserve.Order)],
        ConfirmItem confirm => OrderGrains(confirm.Order),
        CancelItem cancel => OrderGrains(cancel.Order),
        RefundItem refund => OrderGrains(refund.Order),
        LookAtOrderItem look => OrderGrains(look.Order),
        _ => [],
    };

    private static IEnumerable<GrainId> OrderGrains(string order) =>
        [Id("order", "shop/" + order), Id("stock", GrainKeys.Pool(CampaignPlan.Id, CampaignPlan.Spend, 0))];

    private static GrainId Id(string type, string key) => GrainId.Create(type, key);

    private long Durable(string user, string unit) =>
        Books.Accounts.Of(StreamId.Of(StreamNames.User(user)), unit);

    /// <summary>An operation that changed something has one answer for good.</summary>
    private void RequireSame(ClientItem item, Answer answer)
    {
        if (answer.Outcome != Outcome.Done || item is LookItem or LookAtOrderItem or OperatorItem or ReviseItem)
            return;
        var id = item switch
        {
            DrawItem draw => $"draw {draw.User} {draw.Key} {draw.Body}",
            CheckInItem checkIn => $"check-in {checkIn.User} {checkIn.Key} {checkIn.Body}",
            ReserveItem reserve => $"reserve {reserve.Order} {reserve.Body}",
            ConfirmItem confirm => $"confirm {confirm.Order} {confirm.Payment}",
            CancelItem cancel => $"cancel {cancel.Order}",
            RefundItem refund => $"refund {refund.Order} {refund.Refund} {refund.Amount}",
            _ => throw new InvalidOperationException($"{item} has no identity."),
        };
        var said = _first.TryAdd(id, answer.Text) ? answer.Text : _first[id];
        Books.Require(said == answer.Text, Rules.Acknowledged, $"{id}: first '{said}', then '{answer.Text}'");
    }

    private void Check(DrawItem item, Answer answer)
    {
        var user = Books.User(item.User);
        var reply = (DrawReply)answer.Result!;
        var known = user.DrawBy(item.Key);
        switch (answer.Outcome)
        {
            case Outcome.Done:
                Books.Require(known is not null && known.Drawn.BodyHash == item.Body && Tells(reply.Result!, known),
                    Rules.Acknowledged, $"{item.User} was told {reply.Result}, the journal has {known?.Entry}");
                break;
            case Outcome.AlreadyDrawn:
                Books.Require(known is null && user.Draws.Any(draw => Tells(reply.Result!, draw)), Rules.Refusals,
                    $"{item.User} was told that it has drawn {reply.Result}");
                break;
            case Outcome.QuotaExceeded:
                Books.Require(known is null && user.Draws.Count() + user.OpenIntents > 0, Rules.Refusals,
                    $"{item.User} was told that its draws are used up, it has none");
                break;
            case Outcome.KeyReused:
                Books.Require(known is not null && known.Drawn.BodyHash != item.Body, Rules.Refusals,
                    $"{item.User} was told that key {item.Key} is used");
                break;
            case Outcome.Exhausted:
                Books.Require(known is null && AllSealed(reply.Round), Rules.Refusals,
                    $"{item.User} was told that {reply.Round} is exhausted, a shard is not sealed");
                break;
            default:
                RequireStanding(item, answer);
                Books.Require(known is null, Rules.Acknowledged,
                    $"{item.User} was refused what key {item.Key} has won");
                break;
        }
    }

    private bool AllSealed(string? round)
    {
        var rounds = world.Plan.Campaign.Packets!.Rounds;
        var ordinal = rounds.ToList().FindIndex(one => one.Id == round);
        return ordinal >= 0 && Books.Pools.Values.All(pool => pool.IsSealed(ordinal));
    }

    private static bool Tells(DrawResult result, DrawOf draw) =>
        "pool/" + result.Pool == draw.Pool && result.Entry == draw.Entry.Version && result.Amount == draw.Entry.Amount
        && result.Chain == draw.Entry.Chain.ToString() && result.At.ToUnixTimeMilliseconds() == draw.Entry.At;

    private void Check(CheckInItem item, Answer answer, Asked asked)
    {
        var user = Books.User(item.User);
        var known = user.CheckInBy(item.Key);
        var result = (CheckInResult?)answer.Result;
        switch (answer.Outcome)
        {
            case Outcome.Done:
                Books.Require(known is not null && known.BodyHash == item.Body && Tells(result!, known),
                    Rules.Acknowledged, $"{item.User} was told {answer.Text}, the journal has {known}");
                break;
            case Outcome.AlreadyCheckedIn:
                // Sent twice around midnight, one was refused for the old day, and the other is the new day's.
                Books.Require(
                    user.CheckIns.Any(one => Tells(result!, one) && (known is null || known.Day > one.Day)),
                    Rules.Refusals, $"{item.User} was told that it has checked in: {answer.Text}");
                break;
            case Outcome.KeyReused:
                Books.Require(known is not null && known.BodyHash != item.Body, Rules.Refusals,
                    $"{item.User} was told that key {item.Key} is used");
                break;
            case Outcome.QuotaExceeded:
                Books.Require(user.CheckInCount >= world.Plan.Campaign.CheckIns!.Limits.Total, Rules.Refusals,
                    $"{item.User} was told that its check-ins are used up, it has {user.CheckInCount}");
                break;
            case Outcome.Exhausted or Outcome.BudgetExhausted:
                RequireScarce(Books.Meter!, asked, item.User);
                break;
            default:
                RequireStanding(item, answer);
                break;
        }
    }

    private static bool Tells(CheckInResult result, Domain.CheckIns.CheckedIn known) =>
        result.Streak == known.Streak
        && result.Date == Domain.Time.BusinessCalendar.DateOf(known.Day).ToString("uuuu-MM-dd", null)
        && result.Rewards.Select(reward => reward.Amount).SequenceEqual(known.Rewards.Select(reward => reward.Amount));

    private void Check(ReserveItem item, Answer answer, Asked asked)
    {
        var order = Books.Order(Requests.IdOf(item.Order));
        var view = (OrderView?)answer.Result;
        switch (answer.Outcome)
        {
            case Outcome.Done:
                Books.Require(order?.Reserved is { } reserved && reserved.BodyHash == item.Body
                    && reserved.Off == view!.Off && reserved.Pay == view.Pay, Rules.Acknowledged,
                    $"{item.Order} was told to be reserved: {view}, the journal has {order?.Reserved}");
                break;
            case Outcome.Exhausted or Outcome.BudgetExhausted:
                RequireScarce(Books.Spend!, asked, item.Order);
                break;
            case Outcome.Cancelled:
                Books.Require(order?.IsTombstoned == true || HoldOf(item.Order) is HoldState.Released, Rules.Refusals,
                    $"{item.Order} was told to be cancelled");
                break;
            case Outcome.Expired:
                Books.Require(HoldOf(item.Order) is HoldState.Expired, Rules.Refusals,
                    $"{item.Order} was told to be expired");
                break;
            case Outcome.BelowThreshold:
                Books.Require(world.Plan.Campaign.Discounts!.OffOf(item.Amount) == 0, Rules.Refusals,
                    $"{item.Order} was told to be below the threshold");
                break;
            case Outcome.QuotaExceeded or Outcome.KeyReused:
                break;
            default:
                RequireStanding(item, answer);
                break;
        }
    }

    private void RequireScarce(StockBook stock, Asked asked, string who)
    {
        Books.Require(
            stock.LastScarce >= asked.Step || stock.IsScarce, Rules.Refusals,
            $"{who} was told that nothing is left, the stock has some");
        Books.Require(
            stock.IsClosed || stock.HasMet(asked.Known), Rules.Pause,
            $"{who} was told that nothing is left, of more budget that was approved over a second before");
    }

    /// <summary>Every step of the plan is safe: it is taken, or the campaign is over.</summary>
    private void Check(ReviseItem item, Answer answer) => Books.Require(answer.Outcome switch
    {
        Outcome.Done => Books.InForce >= item.Step,
        Outcome.Ended or Outcome.WrongState => true,
        _ => false,
    }, Rules.Acknowledged, $"{item} was told {answer}, in force is {Books.InForce}");

    private HoldState HoldOf(string order) => Books.Spend!.Of(Requests.IdOf(order))?.State ?? HoldState.None;

    private void Check(ConfirmItem item, Answer answer)
    {
        var state = HoldOf(item.Order);
        var payment = Books.Spend!.Of(Requests.IdOf(item.Order))?.Payment;
        Books.Require(answer.Outcome switch
        {
            Outcome.Done => state is HoldState.Confirmed or HoldState.Returned && payment == item.Payment,
            Outcome.KeyReused => state is HoldState.Confirmed or HoldState.Returned,
            Outcome.Expired => state == HoldState.Expired,
            Outcome.Cancelled => state == HoldState.Released || IsTombstoned(item.Order),
            Outcome.NotFound or Outcome.Invalid => true,
            _ => false,
        }, Rules.Acknowledged, $"confirm of {item.Order} was told {answer}, it is {state}");
    }

    private void Check(CancelItem item, Answer answer)
    {
        var state = HoldOf(item.Order);
        Books.Require(answer.Outcome switch
        {
            Outcome.Done => state == HoldState.Released || IsTombstoned(item.Order),
            Outcome.Expired => state == HoldState.Expired,
            Outcome.Confirmed => state is HoldState.Confirmed or HoldState.Returned,
            _ => false,
        }, Rules.Acknowledged, $"cancel of {item.Order} was told {answer}, it is {state}");
    }

    private void Check(RefundItem item, Answer answer)
    {
        var hold = Books.Spend!.Of(Requests.IdOf(item.Order));
        var state = hold?.State ?? HoldState.None;
        Books.Require(answer.Outcome switch
        {
            Outcome.Done => hold!.Refunds.GetValueOrDefault(item.Refund) == item.Amount,
            Outcome.Expired => state == HoldState.Expired,
            Outcome.Cancelled => state == HoldState.Released || IsTombstoned(item.Order),
            Outcome.NotFound or Outcome.Invalid or Outcome.Held or Outcome.KeyReused => true,
            _ => false,
        }, Rules.Acknowledged, $"refund of {item.Order} was told {answer}, it is {state}");
    }

    private bool IsTombstoned(string order) => Books.Order(Requests.IdOf(order))?.IsTombstoned == true;

    /// <summary>Read your writes: what was durable when the client asked is shown, and nothing else.</summary>
    private void Check(LookItem item, Answer answer, Asked asked)
    {
        var reply = (UserReply)answer.Result!;
        foreach (var unit in Kept)
        {
            var shown = reply.Balances.FirstOrDefault(balance => balance.Unit == unit)?.Amount ?? 0;
            var durable = Durable(item.User, unit);
            Books.Require(shown >= asked.Balances![unit] && shown <= durable, Rules.Balance,
                $"{item.User} was shown {shown} {unit}, it had {asked.Balances[unit]} to {durable}");
        }

        Books.Require(reply.Debts.Length == 0, Rules.Balance, $"{item.User} is in debt");
    }

    private void Check(LookAtOrderItem item, Answer answer)
    {
        var view = (OrderView?)answer.Result;
        var state = HoldOf(item.Order);
        var order = Books.Order(Requests.IdOf(item.Order));
        Books.Require(answer.Outcome switch
        {
            Outcome.Done when view!.State == OrderState.Cancelled => state == HoldState.Released || order!.IsTombstoned,
            Outcome.Done when view!.State == OrderState.Expired => state == HoldState.Expired,
            Outcome.Done when view!.State == OrderState.Refunded => state == HoldState.Returned,
            Outcome.Done when view!.State == OrderState.Confirmed =>
                state is HoldState.Confirmed or HoldState.Returned,
            Outcome.Done => order?.Reserved is not null,
            Outcome.NotFound => true,
            _ => false,
        }, Rules.Acknowledged, $"{item.Order} was shown {answer}, it is {state}");
    }

    /// <summary>
    /// Paused, not started, ended: such a time must have been, by some process's clock. Whom the conditions let in is
    /// never told that they do not.
    /// </summary>
    private void RequireStanding(ClientItem item, Answer answer) => Books.Require(answer.Outcome switch
    {
        Outcome.Paused => world.Standing.EverPaused,
        Outcome.NotStarted or Outcome.Ended => true,
        Outcome.NotEligible => item switch
        {
            DrawItem draw => !world.Plan.Campaign.Access.MayDraw(draw.User),
            CheckInItem checkIn => !world.Plan.Campaign.Access.MayCheckIn(checkIn.User),
            _ => false,
        },
        _ => false,
    }, Rules.Refusals, $"{item} was told {answer}");
}
