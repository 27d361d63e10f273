using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.CheckIns;

public sealed partial record CheckInActivity
{
    internal static CheckInActivity? Parse(ObjectReader reader, ActivityHead head)
    {
        reader.Refuse("makeUp", "is not built yet: make-up cards");
        var everyDay = RewardReader.OptionalList(reader, "everyDay");
        var cycle = reader.OptionalCount("cycle", 1, DocumentLimits.StreakDays);
        var streaks = ReadStreaks(reader, cycle);
        return !reader.Clean
            ? null
            : new CheckInActivity
            {
                Id = head.Id,
                Name = head.Name,
                Window = head.Window,
                Requires = head.Requires,
                Segments = head.Segments,
                PerUser = head.PerUser,
                CapTotal = head.CapTotal,
                EveryDay = everyDay,
                Streaks = streaks,
                Cycle = cycle,
            };
    }

    private static ImmutableArray<StreakReward> ReadStreaks(ObjectReader parent, int? cycle)
    {
        var streaks = ImmutableArray.CreateBuilder<StreakReward>();
        var seen = new HashSet<int>();
        foreach (var reader in parent.OptionalObjects("streaks", 0, DocumentLimits.Streaks))
        {
            var days = reader.Count("days", 1, DocumentLimits.StreakDays);
            var rewards = RewardReader.List(reader, "rewards", 1);
            var repeat = reader.OptionalFlag("repeat") ?? false;
            reader.Done();
            if (days > cycle)
            {
                reader.Fault("days", $"is never reached: the streak restarts after {cycle} days");
            }

            if (days is { } length && !seen.Add(length))
            {
                reader.Fault("days", $"{length} is listed twice");
            }

            streaks.Add(new StreakReward(days ?? 0, rewards, repeat));
        }

        return streaks.ToImmutable();
    }
}
