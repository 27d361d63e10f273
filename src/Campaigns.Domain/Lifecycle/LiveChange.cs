using System.Collections.Immutable;
using System.Text.Json;
using Campaigns.Domain.Documents;
using NodaTime;

namespace Campaigns.Domain.Lifecycle;

/// <summary>
/// Which changes an approved campaign may see: more of what is finite, a later end, other names, further activities and
/// catalog items. Everything else was promised, or is covered by a hash that was published. A red-packet pool never
/// changes: its packets follow from committed seeds, so another round is another activity.
/// </summary>
public static class LiveChange
{
    private const string Fixed = "cannot change once the campaign is approved";
    private static readonly string[] Judged = ["name", "schedule", "budget", "catalog", "activities"];

    /// <summary>Every unsafe change, by the path in the new document; both documents have been parsed.</summary>
    public static ImmutableArray<Fault> Faults(
        Campaign current,
        ImmutableArray<byte> currentDocument,
        Campaign next,
        ImmutableArray<byte> nextDocument,
        Instant now)
    {
        using var before = JsonDocument.Parse(currentDocument.AsMemory());
        using var after = JsonDocument.Parse(nextDocument.AsMemory());
        var change = new MemberChange();
        change.Compare(before.RootElement, after.RootElement, JsonPath.Root, Judged, Fixed);
        Schedule(change, current.Schedule, next.Schedule);
        Budget(change, current, next);
        Catalog(change, before.RootElement, after.RootElement);
        for (var index = 0; index < next.Activities.Length; index++)
        {
            var path = JsonPath.Index("$.activities", index);
            var known = IndexOf(current, next.Activities[index].Id);
            if (known < 0)
            {
                ActivityChange.CheckNew(change, next, next.Activities[index], path, now);
                continue;
            }

            ActivityChange.Check(change, current.Activities[known], next.Activities[index], path, now);
            ActivityChange.CheckMembers(
                change, before.RootElement.GetProperty("activities")[known],
                after.RootElement.GetProperty("activities")[index], next.Activities[index], path);
        }

        foreach (var gone in current.Activities.Where(activity => next.FindActivity(activity.Id) is null))
        {
            change.Add("$.activities", $"must keep {gone.Id}, which was approved");
        }

        return change.Faults();
    }

    private static int IndexOf(Campaign campaign, string activityId)
    {
        for (var index = 0; index < campaign.Activities.Length; index++)
        {
            if (campaign.Activities[index].Id == activityId)
            {
                return index;
            }
        }

        return -1;
    }

    private static void Schedule(MemberChange change, Schedule current, Schedule next)
    {
        change.Require(next.WarmUp == current.WarmUp, "$.schedule.warmUp", Fixed);
        change.Require(next.Start == current.Start, "$.schedule.start", Fixed);
        change.Require(next.End >= current.End, "$.schedule.end", "can only be postponed");
        change.Require(next.ClaimUntil >= current.ClaimUntil, "$.schedule.claimUntil", "can only be postponed");
    }

    private static void Budget(MemberChange change, Campaign current, Campaign next)
    {
        foreach (var category in BudgetCategory.All)
        {
            var (had, has) = (current.Budget.ContainsKey(category), next.Budget.ContainsKey(category));
            var path = JsonPath.Member("$.budget", category);
            change.Require(had == has, path, had ? "must stay" : "was not capped and cannot become so");
            change.Require(
                !had || !has || next.Budget[category] >= current.Budget[category], path, "can only be raised");
        }
    }

    /// <summary>What is there stays as it is; more may come.</summary>
    private static void Catalog(MemberChange change, JsonElement before, JsonElement after)
    {
        if (!before.TryGetProperty("catalog", out var current))
        {
            return;
        }

        if (!after.TryGetProperty("catalog", out var next))
        {
            change.Add("$.catalog", "must stay");
            return;
        }

        foreach (var group in current.EnumerateObject())
        {
            var path = JsonPath.Member("$.catalog", group.Name);
            foreach (var item in group.Value.EnumerateObject())
            {
                change.Require(
                    next.TryGetProperty(group.Name, out var items) && items.TryGetProperty(item.Name, out var same)
                        && JsonElement.DeepEquals(item.Value, same),
                    JsonPath.Member(path, item.Name), Fixed);
            }
        }
    }
}
