using Campaigns.Contracts;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Takes;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using Campaigns.Ledger;
using TakeCommand = Campaigns.Contracts.TakeCommand;

namespace Campaigns.Grains.Users;

/// <summary>
/// Taking something at a cost. Where no stock has to be asked it is one commit. Else:
/// <code>
/// 1. the user's stream commits the intent, with the cost; from here on the key is known
/// 2. the stock commits a piece under the intent's name, and the cash that comes with it
/// 3. the user's stream commits what was taken; or the same for another stock; or that there is none, with the cost
/// </code>
/// Whatever is lost in between, the same key, or the user's next take, goes on from there: the stock knows the name.
/// </summary>
internal sealed partial class UserGrain
{
    private StreamId Spent => StreamId.Of(StreamNames.Spent(UserId));

    public Task<TakeReply> Take(TakeCommand command)
    {
        var activity = new ActivityRef(command.CampaignId, command.ActivityId);
        return _turns.RunAsync(
            activity, () => TakeInTurnAsync(activity, command), new TakeReply(Outcome.Unavailable));
    }

    private async Task<TakeReply> TakeInTurnAsync(ActivityRef activity, TakeCommand command)
    {
        // What the user was credited with since may pay for it.
        if (Journal.IsLost || !await TryPullAsync() || !await FinishOpenAsync(activity, command.Operation.KeyHash))
        {
            return new TakeReply(Outcome.Unavailable);
        }

        var found = await FindAsync<TakeActivity>(command.CampaignId, command.ActivityId);
        if (found.Outcome != Outcome.Done)
        {
            return new TakeReply(found.Outcome);
        }

        var now = Now;
        Journal.Witness(now.ToUnixTimeMilliseconds());
        var decision = Domain.Takes.Take.Decide(
            State.Takes.Of(activity),
            ContextOf(found),
            new Domain.Takes.TakeCommand(
                command.Operation.KeyHash, command.Operation.BodyHash, command.Quantity, command.Password,
                Known(command.Facts)),
            now);
        return decision switch
        {
            { Made: { } made } => await AnswerAgainAsync(found.Activity!, made),
            { Open: { } open } => await CompleteAsync(found, activity, open),
            { New: { } taken, Stock: { } stock } => await IntendAsync(found, activity, taken, stock),
            { New: { } taken } => await MakeAsync(found.Activity!, activity, taken, Price(found.Activity!, taken)),
            _ => await RefuseAsync(decision),
        };
    }

    /// <summary>False where a stock's answer is not definite yet.</summary>
    private async Task<bool> FinishOpenAsync(ActivityRef activity, ulong keyHash)
    {
        foreach (var open in State.Takes.Of(activity).Open.Where(open => open.Taken.KeyHash != keyHash).ToList())
        {
            var found = await FindAsync<TakeActivity>(activity.CampaignId, activity.ActivityId);
            if (found.Outcome != Outcome.Done
                || (await CompleteAsync(found, activity, open)).Outcome is Outcome.Unavailable or Outcome.Overloaded)
            {
                return false;
            }
        }

        return !Journal.IsLost;
    }

    private async Task<TakeReply> IntendAsync(
        Found<TakeActivity> found, ActivityRef activity, Taken taken, int stock)
    {
        var price = Price(found.Activity!, taken);
        var intended = new TakeIntended(taken, stock, price);
        var draft = Paying(EntryKind.TakeIntended, intended.Write, found.Activity!, activity, price);
        return Journal.TryAppend(draft) is null
            ? new TakeReply(Outcome.Overloaded)
            : await CompleteAsync(found, activity, intended);
    }

    private async Task<TakeReply> CompleteAsync(Found<TakeActivity> found, ActivityRef activity, TakeIntended open)
    {
        while (true)
        {
            // A stock that is asked for what is not durable might be asked for something else after a crash.
            if (!await Journal.DurableAsync())
            {
                return new TakeReply(Outcome.Unavailable);
            }

            var granted = await GrantAsync(activity, open);
            if (Journal.IsLost)
            {
                return new TakeReply(Outcome.Unavailable);
            }

            switch (granted.Outcome)
            {
                case Outcome.Done:
                    return await MakeAsync(found.Activity!, activity, open.Taken, price: 0);
                case Outcome.Exhausted or Outcome.BudgetExhausted or Outcome.Ended:
                    break;
                default:
                    return new TakeReply(Outcome.Unavailable);
            }

            if (Domain.Takes.Take.Instead(ContextOf(found), open) is not { } other)
            {
                return await RefuseAsync(found.Activity!, activity, open, granted);
            }

            if (other.Stock is not { } stock)
            {
                return await MakeAsync(found.Activity!, activity, other.Taken, price: 0);
            }

            open = new TakeIntended(other.Taken, stock, open.Paid);
            if (Journal.TryAppend(new EntryDraft(EntryKind.TakeIntended, Payloads.Of(open.Write))) is null)
            {
                return new TakeReply(Outcome.Overloaded);
            }
        }
    }

    private Task<HoldReply> GrantAsync(ActivityRef activity, TakeIntended open)
    {
        var taken = open.Taken;
        return GrainFactory.Stock(activity.CampaignId, activity.ActivityId, open.Stock).Grant(new HoldCommand(
            $"take/{UserId}/{taken.KeyHash:x16}",
            UserId,
            taken.Cash,
            taken.Day,
            ForSeconds: 0,
            MerchantId: null,
            taken.BodyHash,
            Payment: 0,
            taken.Quantity));
    }

    /// <param name="price">What is paid with this entry; 0: the intent has paid.</param>
    private async Task<TakeReply> MakeAsync(TakeActivity rules, ActivityRef activity, Taken taken, long price)
    {
        var created = taken.Rewards.Where(reward => reward.Kind != RewardKind.Cash).ToList();
        if (!Journal.TryBegin(1 + created.Count))
        {
            return new TakeReply(Outcome.Overloaded);
        }

        var entry = Journal.Stage(
            Paying(EntryKind.TakeMade, new TakeMade(taken).Write, rules, activity, price));
        foreach (var reward in created)
        {
            Journal.Stage(new EntryDraft(
                EntryKind.TakeRewarded,
                Payloads.Of(activity.Write),
                Journal.Stream,
                reward.UnitIn(activity.CampaignId),
                reward.Amount));
        }

        Journal.Commit();
        if (created.Count < taken.Rewards.Length)
        {
            // The reward is shown right after the answer: meet the stock's credit before it.
            await TryPullAsync();
        }

        return await Journal.DurableAsync()
            ? new TakeReply(Outcome.Done, Describe(rules, taken, entry))
            : new TakeReply(Outcome.Unavailable);
    }

    private async Task<TakeReply> AnswerAgainAsync(TakeActivity rules, MadeTake made)
    {
        if (!await Journal.DurableAsync())
        {
            return new TakeReply(Outcome.Unavailable);
        }

        try
        {
            return await Services.VerifiedEntryAsync(Journal.Stream, made.Version) is { } entry
                ? new TakeReply(Outcome.Done, Describe(rules, made.Taken, entry), Replayed: true)
                : new TakeReply(Outcome.Unavailable);
        }
        catch (LedgerUnavailableException)
        {
            return new TakeReply(Outcome.Unavailable);
        }
    }

    private async Task<TakeReply> RefuseAsync(TakeDecision decision)
    {
        if (decision.Missed is { } missed
            && Journal.TryAppend(new EntryDraft(EntryKind.TakeMissed, Payloads.Of(missed.Write))) is null)
        {
            return new TakeReply(Outcome.Overloaded);
        }

        return await Journal.DurableAsync()
            ? new TakeReply(Outcomes.Of(decision.Refusal), Detail: decision.Detail)
            : new TakeReply(Outcome.Unavailable);
    }

    private async Task<TakeReply> RefuseAsync(
        TakeActivity rules, ActivityRef activity, TakeIntended open, HoldReply refusal)
    {
        var refused = new TakeRefused(activity.CampaignId, activity.ActivityId, open.Taken.KeyHash);
        var unit = open.Paid > 0 ? rules.Cost!.UnitIn(activity.CampaignId) : null;
        var draft = new EntryDraft(
            EntryKind.TakeRefused,
            Payloads.Of(refused.Write),
            unit is null ? StreamId.None : Journal.Stream,
            unit,
            open.Paid);
        if (Journal.TryAppend(draft) is null)
        {
            return new TakeReply(Outcome.Overloaded);
        }

        return await Journal.DurableAsync()
            ? new TakeReply(refusal.Outcome, Detail: refusal.Detail)
            : new TakeReply(Outcome.Unavailable);
    }

    private EntryDraft Paying(
        EntryKind kind, Action<PayloadWriter> write, TakeActivity rules, ActivityRef activity, long price)
    {
        var payload = Payloads.Of(write);
        return price == 0
            ? new EntryDraft(kind, payload)
            : new EntryDraft(kind, payload, Spent, rules.Cost!.UnitIn(activity.CampaignId), price);
    }

    private static long Price(TakeActivity rules, Taken taken) => (rules.Cost?.Amount ?? 0) * taken.Quantity;

    private TakeContext ContextOf(Found<TakeActivity> found)
    {
        var (live, activity) = (found.Live!, found.Activity!);
        return new TakeContext(
            live.Document,
            activity,
            live.Standing,
            checked((int)live.Definition.DocumentVersion),
            ordinal => activity.Numbers(live.OpenSeed(vault, activity.Id, SeedPlan.Only), UserId, ordinal),
            unit => State.Balances.GetValueOrDefault(unit));
    }

    private static TakeResult Describe(TakeActivity rules, Taken taken, Entry entry) => new(
        taken.Choice,
        taken.Quantity,
        [.. taken.Rewards.Select(RewardWords.Describe)],
        taken.Segment < 0 ? null : rules.Segments[taken.Segment].Id,
        taken.Ordinal,
        taken.FactsVersion,
        taken.DefinitionVersion,
        entry.Version,
        entry.Chain.ToString(),
        DateTimeOffset.FromUnixTimeMilliseconds(entry.At));
}
