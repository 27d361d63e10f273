using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Time;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.CheckIns;

/// <summary>The rules of checking in.</summary>
public static class CheckIn
{
    /// <summary>
    /// Looks the Idempotency-Key up first: a known one is a replay, or refused as reused with another body. Then the
    /// rules, in the precedence of <see cref="Refusal"/>; on already-checked-in <see cref="CheckInState.Last"/> is the
    /// original.
    /// </summary>
    public static Decision<CheckedIn> Decide(
        CheckInState state,
        Campaign campaign,
        CheckInActivity activity,
        Standing standing,
        int definitionVersion,
        CheckInCommand command,
        Instant now,
        IAmountSource amounts)
    {
        if (command.KeyHash != 0 && state.Operation(command.KeyHash) is { } known)
        {
            return known.BodyHash == command.BodyHash
                ? Decision<CheckedIn>.Replay(known)
                : Decision<CheckedIn>.Refuse(Refusal.KeyReused, "the key came with another body before");
        }

        var access = Access.Check(campaign, activity, standing, command.Facts, now);
        if (!access.Allowed)
        {
            return Decision<CheckedIn>.Refuse(access.Refusal, access.Detail!);
        }

        var today = campaign.Calendar.DateOf(now);
        var day = BusinessCalendar.DayOf(today);
        if (command.Date is { } date && date != today)
        {
            return Decision<CheckedIn>.Refuse(Refusal.WrongDay, $"today is {Show(today)}");
        }

        // Not only the same day: where clocks are set back over midnight, a day can come again for an hour.
        if (state.CheckedInOn(day))
        {
            return Decision<CheckedIn>.Refuse(Refusal.AlreadyCheckedIn, $"checked in on {Show(today)} already");
        }

        if (ExceededLimit(state, activity.PerUser, BusinessCalendar.MonthOf(today)) is { } limit)
        {
            return Decision<CheckedIn>.Refuse(Refusal.QuotaExceeded, limit);
        }

        var streak = NextStreak(state.StreakOn(day), activity.Cycle);
        return new CheckedIn(
            command.KeyHash, command.BodyHash, campaign.Id, activity.Id, day, streak, definitionVersion,
            Rewards(activity, streak, amounts));
    }

    private static int NextStreak(int streak, int? cycle) => streak >= cycle ? 1 : streak + 1;

    private static string? ExceededLimit(CheckInState state, UserLimits limits, int month)
    {
        if (state.Total >= limits.Total)
        {
            return $"{limits.Total} in total";
        }

        return state.InMonth(month) >= limits.PerMonth ? $"{limits.PerMonth} a month" : null;
    }

    private static ImmutableArray<GrantedReward> Rewards(CheckInActivity activity, int streak, IAmountSource amounts)
    {
        var rewards = ImmutableArray.CreateBuilder<GrantedReward>();
        Add(activity.EveryDay);
        foreach (var (days, streakRewards, repeat) in activity.Streaks)
        {
            if (streak == days || (repeat && streak % days == 0))
            {
                Add(streakRewards);
            }
        }

        return rewards.ToImmutable();

        void Add(ImmutableArray<Reward> promised)
        {
            foreach (var reward in promised)
            {
                rewards.Add(reward.Grant(amounts));
            }
        }
    }

    private static string Show(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
