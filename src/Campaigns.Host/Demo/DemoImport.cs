using Campaigns.Contracts;

namespace Campaigns.Host.Demo;

/// <summary>
/// Creates, submits and approves the demo campaign by the same grain calls as operators do, unless it is there. Ends
/// once every cache of this process must have seen it, so that the first request finds it.
/// </summary>
internal sealed class DemoImport(
    IGrainFactory grains, CampaignCacheOptions caches, TimeProvider time) : IHostedService
{
    private const string Author = "demo-author";
    private const string Approver = "demo-approver";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var campaign = grains.Campaign(DemoDocument.CampaignId);
        var reply = await campaign.Get();
        if (reply.Outcome == Outcome.NotFound)
        {
            reply = await campaign.Create(new DocumentCommand(DemoDocument.At(time.GetUtcNow()), Author, null));
        }

        var lifecycle = Require(reply).Lifecycle;
        if (lifecycle == Lifecycle.Draft)
        {
            reply = await campaign.Act(new LifecycleCommand(LifecycleAction.Submit, Author, null));
            lifecycle = Require(reply).Lifecycle;
        }

        if (lifecycle == Lifecycle.InReview)
        {
            Require(await campaign.Act(new LifecycleCommand(LifecycleAction.Approve, Approver, null)));
            await Task.Delay(caches.MaxAge, time, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static CampaignState Require(CampaignReply reply) => reply is { Outcome: Outcome.Done, Campaign: { } state }
        ? state
        : throw new HostException(
            $"the demo campaign could not be imported: {reply.Outcome} {reply.Detail}"
            + string.Concat((reply.Faults ?? []).Select(fault => $"\n  {fault.Path}: {fault.Message}"))
            + "\nStart with --no-demo to go without it.");
}
