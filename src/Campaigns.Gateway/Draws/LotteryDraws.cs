using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.Hosting;
using Campaigns.Gateway.Metrics;

namespace Campaigns.Gateway.Draws;

/// <summary>Draws of lotteries: the user's grain decides what is drawn and pays for it.</summary>
internal sealed class LotteryDraws(IGrainFactory grains, Deadline deadline, OutcomeMetrics metrics)
{
    public async ValueTask<Answer> DrawAsync(
        Caller caller, CampaignSummary campaign, ActivitySummary activity, string? password, Operation operation)
    {
        var command = new TakeCommand(
            campaign.CampaignId, activity.Id, Quantity: 1, password, operation, caller.Facts);
        var reply = await metrics.TakeAsync(activity.Type, deadline.For(grains.User(caller.Subject).Take(command)));
        return reply.Outcome == Outcome.Done
            ? JsonAnswer.Created(DrawView.Of(reply.Result!), GatewayJson.Strict.DrawView, reply.Replayed)
            : Problem.Of(reply.Outcome, reply.Detail);
    }
}
