using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Time;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Takes;

/// <summary>The rules of taking.</summary>
public static class Take
{
    /// <summary>
    /// Looks the Idempotency-Key up first: a known one is answered or gone on with, or refused as reused with another
    /// body. Then the rules, in the precedence of <see cref="Refusal"/>.
    /// </summary>
    public static TakeDecision Decide(TakeState state, TakeContext context, TakeCommand command, Instant now)
    {
        var (campaign, activity) = (context.Campaign, context.Activity);
        if (state.Made(command.KeyHash) is { } made)
        {
            return made.Taken.BodyHash == command.BodyHash
                ? new TakeDecision(Refusal.None, Made: made)
                : TakeDecision.Refuse(Refusal.KeyReused, "the key came with another body before");
        }

        if (state.Intended(command.KeyHash) is { } open)
        {
            return open.Taken.BodyHash == command.BodyHash
                ? new TakeDecision(Refusal.None, Open: open)
                : TakeDecision.Refuse(Refusal.KeyReused, "the key came with another body before");
        }

        var access = Access.Check(campaign, activity, context.Standing, command.Facts, now);
        if (!access.Allowed)
        {
            return TakeDecision.Refuse(access.Refusal, access.Detail!);
        }

        var day = campaign.Calendar.DayOf(now);
        if (ExceededLimit(state, activity, day) is { } limit)
        {
            return TakeDecision.Refuse(Refusal.QuotaExceeded, limit);
        }

        if (Unaffordable(context, command.Quantity) is { } unaffordable)
        {
            return unaffordable;
        }

        if (activity.Password is { } password && !password.Hash.Matches(command.Password ?? ""))
        {
            return new TakeDecision(
                Refusal.WrongPassword, Missed: new TakeMissed(campaign.Id, activity.Id, day));
        }

        var ordinal = state.Total + 1;
        var choice = activity.Choose(
            new TakeDraw(access.Segment, command.Quantity, context.Numbers(ordinal)));
        var segment = activity.Segments.Select(one => one.Id).ToList().IndexOf(access.Segment ?? "");
        return new TakeDecision(
            Refusal.None,
            New: new Taken(
                campaign.Id, activity.Id, command.KeyHash, command.BodyHash, day, ordinal, segment,
                command.Facts.Version, context.DefinitionVersion, choice.Id, command.Quantity, choice.Rewards),
            Stock: choice.Stock);
    }

    /// <summary>What becomes of a take whose stock has nothing; null: it is refused.</summary>
    public static (Taken Taken, int? Stock)? Instead(TakeContext context, TakeIntended open)
    {
        var taken = open.Taken;
        var segment = taken.Segment < 0 ? null : context.Activity.Segments[taken.Segment].Id;
        var exhausted = new TakeChoice(taken.Choice, open.Stock, taken.Rewards);
        return context.Activity.Instead(
            new TakeDraw(segment, taken.Quantity, context.Numbers(taken.Ordinal)), exhausted) is { } other
            ? (taken with { Choice = other.Id, Rewards = other.Rewards }, other.Stock)
            : null;
    }

    private static string? ExceededLimit(TakeState state, TakeActivity activity, int day)
    {
        var limits = activity.PerUser;
        var month = BusinessCalendar.MonthOf(BusinessCalendar.DateOf(day));
        return state.Total >= limits.Total ? $"{limits.Total} in total"
            : state.OnDay(day) >= limits.PerDay ? $"{limits.PerDay} a day"
            : state.InMonth(month) >= limits.PerMonth ? $"{limits.PerMonth} a month"
            : state.MissedOn(day) >= activity.Password?.TriesPerDay ? $"{state.MissedOn(day)} wrong passwords a day"
            : null;
    }

    private static TakeDecision? Unaffordable(TakeContext context, int quantity)
    {
        if (context.Activity.Cost is not { } cost)
        {
            return null;
        }

        var (has, needs) = (context.Balance(cost.UnitIn(context.Campaign.Id)), (Int128)cost.Amount * quantity);
        return has >= needs
            ? null
            : TakeDecision.Refuse(
                cost.Kind == RewardKind.Chance ? Refusal.NoChance : Refusal.InsufficientBalance,
                $"costs {needs}, the balance is {has}");
    }
}

/// <summary>What a take is decided by.</summary>
/// <param name="Numbers">Of the user's take of that ordinal.</param>
/// <param name="Balance">What the user has of a unit.</param>
public sealed record TakeContext(
    Campaign Campaign,
    TakeActivity Activity,
    Standing Standing,
    int DefinitionVersion,
    Func<int, IAmountSource> Numbers,
    Func<string, long> Balance);

/// <summary>A user's request.</summary>
/// <param name="KeyHash">First 64 bits of SHA-256 over the Idempotency-Key.</param>
/// <param name="BodyHash">First 64 bits of SHA-256 over the request's body.</param>
/// <param name="Facts">What is known of the user, all sources merged.</param>
public sealed record TakeCommand(ulong KeyHash, ulong BodyHash, int Quantity, string? Password, Facts Facts);

/// <summary>One of: a refusal, perhaps with a miss to commit; what the key did before; a new take.</summary>
/// <param name="Stock">The stock that must have it; null: commit it at once.</param>
public readonly record struct TakeDecision(
    Refusal Refusal,
    string? Detail = null,
    TakeMissed? Missed = null,
    MadeTake? Made = null,
    TakeIntended? Open = null,
    Taken? New = null,
    int? Stock = null)
{
    public static TakeDecision Refuse(Refusal refusal, string detail) => new(refusal, detail);
}
