using System.Globalization;
using Campaigns.Contracts;
using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Time;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using NodaTime;
using NodaTime.Text;
using CheckInCommand = Campaigns.Contracts.CheckInCommand;

namespace Campaigns.Grains.Users;

/// <summary>
/// Checking in. Rewards that cost no budget are created in the user's own commit. Cash is paid by the activity's meter
/// first, under the name of user and day: a check-in that is lost after it is completed by its retry, paid once.
/// </summary>
internal sealed partial class UserGrain
{
    private readonly HashSet<ActivityRef> _paying = [];

    public async Task<CheckInReply> CheckIn(CheckInCommand command)
    {
        var found = await FindAsync<CheckInActivity>(command.CampaignId, command.ActivityId);
        if (found.Outcome != Outcome.Done)
        {
            return new CheckInReply(found.Outcome);
        }

        LocalDate? date = null;
        if (command.Date is { } text)
        {
            var parsed = LocalDatePattern.Iso.Parse(text);
            if (!parsed.Success)
            {
                return new CheckInReply(Outcome.Invalid, Detail: "$.date must be a day such as 2027-02-05");
            }

            date = parsed.Value;
        }

        var activity = new ActivityRef(command.CampaignId, command.ActivityId);
        var decision = Decide(found, activity, command, date);
        if (decision.Accepted && _paying.Contains(activity))
        {
            // It would rest on a state that the check-in under way is about to change.
            return new CheckInReply(Outcome.Unavailable, Detail: "another check-in of this user is under way");
        }

        if (decision.Accepted && Cash(decision.Event) is > 0 and var cash)
        {
            _paying.Add(activity);
            try
            {
                var paid = await PayAsync(activity, decision.Event, cash);
                if (paid != Outcome.Done)
                {
                    return new CheckInReply(await Journal.DurableAsync() ? paid : Outcome.Unavailable);
                }
            }
            finally
            {
                _paying.Remove(activity);
            }

            return Journal.IsLost
                ? new CheckInReply(Outcome.Unavailable)
                : await CommitAsync(activity, decision, paid: true);
        }

        return await CommitAsync(activity, decision, paid: false);
    }

    private Decision<CheckedIn> Decide(
        Found<CheckInActivity> found, ActivityRef activity, CheckInCommand command, LocalDate? date)
    {
        // A clock that is set back while the meter is asked must not date the check-in before its decision.
        var now = Now;
        Journal.Witness(now.ToUnixTimeMilliseconds());
        var live = found.Live!;
        return Domain.CheckIns.CheckIn.Decide(
            State.CheckIns.Of(activity),
            live.Document,
            found.Activity!,
            live.Standing,
            checked((int)live.Definition.DocumentVersion),
            new Domain.CheckIns.CheckInCommand(
                command.Operation.KeyHash, command.Operation.BodyHash, date, Known(command.Facts)),
            now,
            CheckInActivity.Amounts(
                live.OpenSeed(vault, activity.ActivityId, SeedPlan.Only), UserId, live.Document.Calendar.DayOf(now)));
    }

    private async Task<CheckInReply> CommitAsync(ActivityRef activity, Decision<CheckedIn> decision, bool paid)
    {
        if (decision.Accepted && !TryStage(activity, decision.Event))
        {
            return new CheckInReply(Outcome.Overloaded);
        }

        var original = decision.Event
            ?? (decision.Refusal == Refusal.AlreadyCheckedIn ? State.CheckIns.Of(activity).Last : null);
        if (paid)
        {
            // The reward is shown right after the answer: meet the meter's credit before it.
            await TryPullAsync();
        }

        if (!await Journal.DurableAsync())
        {
            return new CheckInReply(Outcome.Unavailable);
        }

        return decision.Event is null
            ? new CheckInReply(
                Outcomes.Of(decision.Refusal), original is null ? null : Describe(original), Detail: decision.Detail)
            : new CheckInReply(Outcome.Done, Describe(decision.Event), decision.Replayed);
    }

    private bool TryStage(ActivityRef activity, CheckedIn checkedIn)
    {
        var created = checkedIn.Rewards.Where(reward => reward.Kind != RewardKind.Cash).ToList();
        if (!Journal.TryBegin(Math.Max(1, created.Count)))
        {
            return false;
        }

        // The first reward travels on the event's own row.
        var self = Journal.Stream;
        var first = created.FirstOrDefault();
        Journal.Stage(new EntryDraft(
            EntryKind.CheckedIn,
            Payloads.Of(checkedIn.Write),
            first is null ? StreamId.None : self,
            first?.UnitIn(activity.CampaignId),
            first?.Amount ?? 0));
        foreach (var reward in created.Skip(1))
        {
            Journal.Stage(new EntryDraft(
                EntryKind.RewardGranted,
                Payloads.Of(activity.Write),
                self,
                reward.UnitIn(activity.CampaignId),
                reward.Amount));
        }

        Journal.Commit();
        return true;
    }

    private async Task<Outcome> PayAsync(ActivityRef activity, CheckedIn checkedIn, long cash)
    {
        var day = checkedIn.Day.ToString(CultureInfo.InvariantCulture);
        var reply = await GrainFactory.Stock(activity.CampaignId, activity.ActivityId).Grant(new HoldCommand(
            $"check-in/{UserId}/{day}",
            UserId,
            cash,
            checkedIn.Day,
            ForSeconds: 0,
            MerchantId: null,
            BodyHash: (ulong)cash,
            Payment: 0));
        return reply.Outcome;
    }

    private static long Cash(CheckedIn checkedIn) =>
        checkedIn.Rewards.Where(reward => reward.Kind == RewardKind.Cash).Sum(reward => reward.Amount);

    private static CheckInResult Describe(CheckedIn checkedIn) => new(
        LocalDatePattern.Iso.Format(BusinessCalendar.DateOf(checkedIn.Day)),
        checkedIn.Streak,
        [.. checkedIn.Rewards.Select(RewardWords.Describe)]);
}
