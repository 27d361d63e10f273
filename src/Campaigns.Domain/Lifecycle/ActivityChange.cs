using System.Text.Json;
using Campaigns.Domain.Documents;
using Campaigns.Domain.RedPackets;
using NodaTime;

namespace Campaigns.Domain.Lifecycle;

/// <summary>What a revision may do to the activities of an approved campaign.</summary>
internal static class ActivityChange
{
    private const string Fixed = "cannot change once the campaign is approved";
    private const string Committed = Fixed + ": the packets follow from a committed seed; add an activity instead";

    private static readonly string[] Judged = ["name", "window", "caps"];
    private static readonly string[] JudgedWithStock = [.. Judged, "stock"];

    /// <summary>An activity that is added begins later: its hash must be public before its pool opens.</summary>
    public static void CheckNew(MemberChange change, Campaign next, Activity activity, string path, Instant now)
    {
        var opens = Instant.Max(
            activity.Window?.From ?? Instant.MinValue, next.EarlyAccess?.From ?? next.Schedule.Start);
        var listed = activity is RedPacketActivity packets && packets.Rounds[0].Id != RedPacketActivity.OnlyRound;
        if (listed)
        {
            opens = ((RedPacketActivity)activity).Rounds.Min(round => round.From);
        }

        change.Require(
            opens > now, path + (listed ? ".rounds" : ".window.from"),
            "must be later than now: what is added is public before it opens");
    }

    /// <summary>Its end, its cap and its stock.</summary>
    public static void Check(MemberChange change, Activity current, Activity next, string path, Instant now)
    {
        var (was, until) = (current.Window?.Until, next.Window?.Until);
        change.Require(next.Window?.From == current.Window?.From, path + ".window.from", Fixed);
        change.Require(
            until is null ? was is null || was > now : until == was || (until > was && was > now),
            path + ".window.until", "can only be postponed, before it has come");
        change.Require(
            IsRaised(current.CapTotal, next.CapTotal), path + ".caps.total", "can only be raised");
        if (current is IStocked stocked && next is IStocked more)
        {
            change.Require(IsRaised(stocked.Stock, more.Stock), path + ".stock", "can only be raised");
        }
    }

    public static void CheckMembers(
        MemberChange change, JsonElement before, JsonElement after, Activity next, string path) => change.Compare(
        before, after, path,
        next is IStocked ? JudgedWithStock : Judged,
        next is RedPacketActivity ? Committed : Fixed);

    private static bool IsRaised(long? before, long? after) => before is null ? after is null : after >= before;
}
