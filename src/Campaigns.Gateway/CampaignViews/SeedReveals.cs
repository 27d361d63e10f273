using System.Collections.Concurrent;
using Campaigns.Contracts;

namespace Campaigns.Gateway.CampaignViews;

/// <summary>
/// A campaign's end by time changes nothing in its stream, so cached summaries do not learn of the seeds that it
/// reveals. Asks the campaign for them when they are due, at most about once a second per campaign.
/// </summary>
internal sealed class SeedReveals(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);

    /// <summary>The summary with seeds, as far as they can be had.</summary>
    public async ValueTask<CampaignSummary> WithSeedsAsync(CampaignSummary campaign, DateTimeOffset now)
    {
        if (!LacksSeeds(campaign, now))
        {
            return campaign;
        }

        // Only ids of campaigns that exist arrive here: the number of campaigns bounds the dictionary.
        var asked = _asked.AddOrUpdate(
            campaign.CampaignId, _ => Ask(campaign), (_, last) => IsDue(last) ? Ask(campaign) : last);
        try
        {
            var answer = await asked.Answer.Value;
            return answer is not null && answer.Version >= campaign.Version ? answer : campaign;
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return campaign;
        }

        bool IsDue(Asked last) => time.GetElapsedTime(last.At) >= Pause
            && (last.Version != campaign.Version
                || !last.Answer.Value.IsCompletedSuccessfully
                || LacksSeeds(last.Answer.Value.Result, now));
    }

    private Asked Ask(CampaignSummary campaign) => new(
        time.GetTimestamp(),
        campaign.Version,
        new Lazy<Task<CampaignSummary?>>(() => grains.Campaign(campaign.CampaignId).GetSummary(campaign.Version)));

    private static bool LacksSeeds(CampaignSummary? campaign, DateTimeOffset now)
    {
        if (campaign is null)
        {
            return true;
        }

        var phase = campaign.PhaseAt(now);
        return campaign.Activities.Any(activity =>
            activity.PhaseAt(now, phase) is "ended" or "settled" or "archived"
            && activity.Rounds.Any(round => round is { SeedHash: not null, Seed: null }));
    }

    private sealed record Asked(long At, long Version, Lazy<Task<CampaignSummary?>> Answer);
}
