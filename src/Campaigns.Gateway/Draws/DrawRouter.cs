using Campaigns.Contracts;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Hosting;

namespace Campaigns.Gateway.Draws;

/// <summary>
/// Brings a draw to who can decide it: the shards of the pool where pool and token suffice, else the user's grain.
/// </summary>
internal sealed class DrawRouter(
    IGrainFactory grains, DrawCombiner combiner, Deadline deadline, TimeProvider time)
{
    public async ValueTask<DrawReply> DrawAsync(
        Caller caller, CampaignSummary campaign, ActivitySummary activity, string? round, Operation operation)
    {
        if (IsDecidedByPool(activity, caller.Facts))
        {
            var reply = await FromShardsAsync(caller, campaign.CampaignId, activity, round, operation);
            // What the token says may be older than what a partner has told the user's grain since.
            if (reply.Outcome != Outcome.NotEligible && !(reply.Outcome == Outcome.NotStarted && IsEarly(campaign)))
            {
                return reply;
            }
        }

        var command = new UserDrawCommand(campaign.CampaignId, activity.Id, round, operation, caller.Facts);
        return await deadline.For(grains.User(caller.Subject).Draw(command));
    }

    /// <summary>Some may begin already, whom partners may have named to the user's grain alone.</summary>
    private bool IsEarly(CampaignSummary campaign) =>
        campaign.EarlyFrom is { } from && time.GetUtcNow() is var now && now >= from && now < campaign.Start;

    private static bool IsDecidedByPool(ActivitySummary activity, FactSet facts) =>
        activity is { Local: true, NeedsTags: false, Shards: > 0 } && Carries(facts, activity.FactsNeeded);

    private static bool Carries(FactSet facts, string[] needed)
    {
        foreach (var name in needed)
        {
            if (!Array.Exists(facts.Facts, fact => fact.Name == name))
            {
                return false;
            }
        }

        return true;
    }

    private async ValueTask<DrawReply> FromShardsAsync(
        Caller caller, string campaignId, ActivitySummary activity, string? round, Operation operation)
    {
        PriorClaims? prior = null;
        for (var step = 0; ; step++)
        {
            var shard = ShardOrder.At(caller.Subject, activity.Shards, step);
            var draw = new PoolDraw(caller.Subject, operation, caller.Facts, round, step, prior, LimitsHeld: false);
            var reply = await combiner.DrawAsync(campaignId, activity, shard, draw);
            if (!reply.GoOn || step + 1 == activity.Shards)
            {
                return reply;
            }

            prior = reply.Prior;
            round = reply.Round ?? round;
        }
    }
}
