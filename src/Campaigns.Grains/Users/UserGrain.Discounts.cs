using Campaigns.Contracts;
using Campaigns.Domain.SpendDiscounts;
using Campaigns.Domain.Time;
using Campaigns.Domain.Values;
using Campaigns.Grains.Access;
using Campaigns.Grains.Campaigns;
using Campaigns.Grains.Journal;

namespace Campaigns.Grains.Users;

/// <summary>
/// The user's side of discounts: quotes, and the quota of an order (steps 1 to 3 of an order's four).
/// </summary>
internal sealed partial class UserGrain
{
    public async Task<QuoteReply> Quote(QuoteCommand command)
    {
        IReadOnlyList<LiveCampaign> all;
        try
        {
            all = await campaigns.AllAsync();
        }
        catch (StaleCacheException)
        {
            return new QuoteReply(Outcome.Unavailable, []);
        }

        if (Journal.IsLost || !await TryPullAsync())
        {
            return new QuoteReply(Outcome.Unavailable, []);
        }

        var now = Now;
        var channel = Enum.Parse<Channel>(command.Channel, ignoreCase: true);
        var offers = new List<QuoteOffer>();
        foreach (var live in all)
        {
            foreach (var activity in live.Document.Activities.OfType<SpendDiscountActivity>())
            {
                var day = live.Document.Calendar.DateOf(now);
                var left = State.Discounts.Of(live.Id, activity.Id).Left(QuotaLimits.Of(activity), day);
                var access = ActivityAccess.Check(live, activity, State.Facts.Stored, now);
                var quote = DiscountCalculator.Quote(activity, command.MerchantId, channel, command.Amount);
                if (access.Refusal != Refusal.None || left == 0 || quote.Event is not { } offer)
                {
                    continue;
                }

                var room = await GrainFactory.Stock(live.Id, activity.Id)
                    .HasRoom(offer.Off, BusinessCalendar.DayOf(day));
                switch (room)
                {
                    case Outcome.Done:
                        offers.Add(new QuoteOffer(live.Id, activity.Id, offer.Off, offer.Pay));
                        break;
                    case Outcome.Unavailable or Outcome.Overloaded:
                        return new QuoteReply(room, []);
                }
            }
        }

        return await Journal.DurableAsync()
            ? new QuoteReply(Outcome.Done, [.. offers.OrderByDescending(offer => offer.Off)])
            : new QuoteReply(Outcome.Unavailable, []);
    }

    public async Task<DiscountHoldReply> HoldDiscount(DiscountHoldCommand command)
    {
        var found = await FindAsync<SpendDiscountActivity>(command.CampaignId, command.ActivityId);
        if (found.Outcome != Outcome.Done)
        {
            return new DiscountHoldReply(found.Outcome);
        }

        var (live, activity) = (found.Live!, found.Activity!);
        var access = ActivityAccess.Check(live, activity, State.Facts.Stored, Now);
        if (access.Refusal != Refusal.None)
        {
            return await RefusedAsync(access.Refusal, access.Detail);
        }

        var quote = DiscountCalculator.Quote(activity, command.MerchantId, Channel.None, command.Amount);
        if (quote.Event is not { } offer)
        {
            return await RefusedAsync(quote.Refusal, quote.Detail);
        }

        var order = StreamId.Of(command.OrderKey);
        var limits = QuotaLimits.Of(activity);
        var place = await HoldPlaceAsync(
            command, limits, new QuotaHold(order, live.Document.Calendar.DateOf(Now), Now + activity.HoldFor));
        if (place.Event is not { } held)
        {
            return place.Refusal == Refusal.None
                ? new DiscountHoldReply(Outcome.Unavailable)
                : await RefusedAsync(place.Refusal, place.Detail);
        }

        var quota = State.Discounts.Of(command.CampaignId, command.ActivityId);
        var stock = GrainFactory.Stock(command.CampaignId, command.ActivityId);
        var hold = await stock.Hold(new HoldCommand(
            command.OrderKey,
            UserId,
            offer.Off,
            Domain.Time.BusinessCalendar.DayOf(held.Day),
            (int)activity.HoldFor.TotalSeconds,
            command.MerchantId,
            command.BodyHash,
            offer.Pay));
        if (hold.Outcome != Outcome.Done)
        {
            quota.Release(order);
            return new DiscountHoldReply(hold.Outcome, Detail: hold.Detail);
        }

        // What the stock holds counts: a retry may find it held on another day, or by an earlier version's tiers.
        var accepted = new DiscountAccepted(
            order,
            command.CampaignId,
            command.ActivityId,
            Domain.Time.BusinessCalendar.DateOf(hold.Hold!.Day),
            hold.Hold.Money);
        return await AcceptAsync(accepted, limits, command, hold);
    }

    /// <summary>
    /// Step 1: a place in the quota, in memory; before it is refused, places that came back are looked for.
    /// </summary>
    private async Task<Decision<QuotaHold>> HoldPlaceAsync(
        DiscountHoldCommand command, QuotaLimits limits, QuotaHold wanted)
    {
        var quota = State.Discounts.Of(command.CampaignId, command.ActivityId);
        quota.Expire(Now);
        var decision = quota.DecideHold(limits, wanted);
        if (decision.Refusal == Refusal.QuotaExceeded)
        {
            if (!await TryPullAsync())
            {
                return default;
            }

            decision = quota.DecideHold(limits, wanted);
        }

        if (decision.Accepted)
        {
            quota.Apply(decision.Event);
        }

        return decision;
    }

    /// <summary>Step 3: the quota takes the order, or the stock's hold is released again.</summary>
    private async Task<DiscountHoldReply> AcceptAsync(
        DiscountAccepted wanted, QuotaLimits limits, DiscountHoldCommand command, HoldReply hold)
    {
        if (Journal.IsLost)
        {
            return new DiscountHoldReply(Outcome.Unavailable);
        }

        var decision = State.Discounts.Of(command.CampaignId, command.ActivityId).DecideAccept(limits, wanted);
        if (decision.Accepted
            && Journal.TryAppend(new EntryDraft(EntryKind.DiscountAccepted, Payloads.Of(decision.Event.Write))) is null)
        {
            return new DiscountHoldReply(Outcome.Overloaded);
        }

        if (decision.Event is null)
        {
            State.Discounts.Of(command.CampaignId, command.ActivityId).Release(wanted.Order);
            await GrainFactory.Stock(command.CampaignId, command.ActivityId).Act(
                new HoldAction(command.OrderKey, HoldVerb.Release, null, 0, 0));
            return await RefusedAsync(decision.Refusal, decision.Detail);
        }

        return await Journal.DurableAsync()
            ? new DiscountHoldReply(Outcome.Done, hold.Hold)
            : new DiscountHoldReply(Outcome.Unavailable);
    }

    private async Task<DiscountHoldReply> RefusedAsync(Refusal refusal, string? detail) =>
        await Journal.DurableAsync()
            ? new DiscountHoldReply(Outcomes.Of(refusal), Detail: detail)
            : new DiscountHoldReply(Outcome.Unavailable);
}
