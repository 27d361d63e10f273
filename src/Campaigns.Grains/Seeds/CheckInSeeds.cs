using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Fairness;

namespace Campaigns.Grains.Seeds;

/// <summary>Random amounts of check-ins: they follow from the activity's seed, the user and the day.</summary>
internal static class CheckInSeeds
{
    public static bool NeedsSeed(CheckInActivity activity) =>
        activity.EveryDay.Concat(activity.Streaks.SelectMany(streak => streak.Rewards))
            .Any(reward => reward.Min != reward.Max);

    /// <summary>What the commitment covers besides the seed.</summary>
    public static string Canonical(string campaignId, string activityId) =>
        $"campaigns/check-in/1\n{campaignId}\n{activityId}\n";

    /// <summary>The numbers of one user's check-in on one day.</summary>
    public sealed class Amounts(byte[]? seed, string userId, int day) : IAmountSource
    {
        private SeedStream? _numbers;

        public long Uniform(long min, long max)
        {
            _numbers ??= new SeedStream(
                Seed.Of(seed ?? throw new InvalidOperationException("The activity has no seed.")),
                $"check-in/{userId}/{day}");
            return _numbers.Between(min, max);
        }
    }
}
