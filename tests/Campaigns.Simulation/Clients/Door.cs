using Campaigns.Contracts;
using Campaigns.Simulation.Cluster;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Clients;

/// <summary>One request into one process, by the way that the gateway takes.</summary>
internal sealed class Door(World world)
{
    private readonly Dictionary<(Node Node, int Shard), Lane> _lanes = [];

    public Task<Answer> SendAsync(ClientItem item, Node node) => item switch
    {
        DrawItem draw => DrawAsync(draw, node),
        CheckInItem checkIn => CheckInAsync(checkIn, node),
        ReserveItem reserve => OrderAsync(OrderOf(node, reserve.Order).Reserve(new ReserveCommand(
            reserve.User, reserve.Merchant, CampaignPlan.Id, CampaignPlan.Spend, reserve.Amount, reserve.Body))),
        ConfirmItem confirm => OrderAsync(OrderOf(node, confirm.Order).Confirm(
            new ConfirmCommand(confirm.Payment, confirm.Paid, 1))),
        CancelItem cancel => OrderAsync(OrderOf(node, cancel.Order).Cancel()),
        RefundItem refund => OrderAsync(OrderOf(node, refund.Order).Refund(
            new RefundCommand(refund.Refund, refund.Amount, 1))),
        LookAtOrderItem look => OrderAsync(OrderOf(node, look.Order).Get()),
        LookItem look => LookAsync(look, node),
        OperatorItem step => ActAsync(step, node),
        ReviseItem step => ReviseAsync(step, node),
        _ => throw new InvalidOperationException($"No client sends {item}."),
    };

    private static IOrderGrain OrderOf(Node node, string order) => node.Grains.Order("shop", order);

    private static async Task<Answer> OrderAsync(Task<OrderReply> call)
    {
        var reply = await call;
        return new Answer(reply.Outcome, reply.Order?.ToString() ?? "", reply.Order, reply.Replayed);
    }

    private static async Task<Answer> CheckInAsync(CheckInItem item, Node node)
    {
        var reply = await node.Grains.User(item.User).CheckIn(new CheckInCommand(
            CampaignPlan.Id, CampaignPlan.Daily, null, new Operation(item.Key, item.Body),
            AccessPlan.FactsOf(item.User)));
        var text = reply.Result is { } result
            ? $"{result.Date} streak {result.Streak}: "
                + string.Join(", ", result.Rewards.Select(reward => $"{reward.Amount} {reward.Kind}"))
            : "";
        return new Answer(reply.Outcome, text, reply.Result, reply.Replayed);
    }

    private static async Task<Answer> LookAsync(LookItem item, Node node)
    {
        var reply = await node.Grains.User(item.User).Get();
        var text = string.Join(", ", reply.Balances.Select(balance => $"{balance.Amount} {balance.Unit}"));
        return new Answer(reply.Outcome, text, reply);
    }

    private static async Task<Answer> ActAsync(OperatorItem item, Node node)
    {
        var reply = await node.Grains.Campaign(CampaignPlan.Id).Act(new LifecycleCommand(item.Action, "planner", null));
        return new Answer(reply.Outcome, reply.Campaign?.Lifecycle.ToString() ?? "");
    }

    /// <summary>
    /// Approves a revision that waits, whoever has left it; else makes one. Asked again it finds either.
    /// </summary>
    private async Task<Answer> ReviseAsync(ReviseItem item, Node node)
    {
        var campaign = node.Grains.Campaign(CampaignPlan.Id);
        var seen = await campaign.Get();
        if (seen.Outcome != Outcome.Done || MoreBudget.StepOf(seen.Campaign!.Document) >= item.Step)
            return new Answer(seen.Outcome);
        var step = seen.Campaign.Revision is { } waiting ? MoreBudget.StepOf(waiting.Document) : 0;
        if (step < item.Step)
        {
            var revised = await campaign.Replace(new DocumentCommand(
                MoreBudget.Document(world.Plan.Campaign, item.Step), "planner", seen.Campaign.VersionToMatch));
            if (revised.Outcome != Outcome.Done)
                return OfOperator(revised);
        }

        var approved = await campaign.Act(new LifecycleCommand(LifecycleAction.Approve, "approver", null));
        return approved.Outcome == Outcome.Done
            ? new Answer(Outcome.Done, Result: MoreBudget.StepOf(approved.Campaign!.Document))
            : OfOperator(approved);
    }

    /// <summary>Another operator was quicker: to be looked at again. What is over stays over.</summary>
    private static Answer OfOperator(CampaignReply reply) =>
        reply.Outcome is Outcome.Stale || (reply.Outcome is Outcome.WrongState && !IsOver(reply))
            ? new Answer(Outcome.Unavailable)
            : new Answer(reply.Outcome, reply.Detail ?? "");

    private static bool IsOver(CampaignReply reply) => reply.Detail == "the campaign is ended";

    private async Task<Answer> DrawAsync(DrawItem item, Node node)
    {
        var packets = world.Plan.Campaign.Packets!;
        var operation = new Operation(item.Key, item.Body);
        var reply = packets.IsLocal && !item.ByUser
            ? await FromShardsAsync(item, operation, packets.Shards, node)
            : await node.Grains.User(item.User).Draw(new UserDrawCommand(
                CampaignPlan.Id, CampaignPlan.Bag, item.Round, operation, AccessPlan.FactsOf(item.User)));
        return new Answer(
            reply.Outcome, reply.Result?.ToString() ?? $"{reply.Round} {reply.Detail}", reply, reply.Replayed);
    }

    private async Task<DrawReply> FromShardsAsync(DrawItem item, Operation operation, int shards, Node node)
    {
        PriorClaims? prior = null;
        var round = item.Round;
        for (var step = 0; ; step++)
        {
            var shard = ShardOrder.At(item.User, shards, step);
            var draw = new PoolDraw(
                item.User, operation, AccessPlan.FactsOf(item.User), round, step, prior, LimitsHeld: false);
            var reply = await LaneOf(node, shard).DrawAsync(draw);
            if (!reply.GoOn || step + 1 == shards)
                return reply;
            prior = reply.Prior;
            round = reply.Round ?? round;
        }
    }

    private Lane LaneOf(Node node, int shard)
    {
        if (!_lanes.TryGetValue((node, shard), out var lane))
        {
            _lanes[(node, shard)] = lane = new Lane(
                world, node.Grains.PacketPool(CampaignPlan.Id, CampaignPlan.Bag, shard));
        }

        return lane;
    }

    /// <summary>Draws that wait for one shard travel together, as the gateway combines them.</summary>
    private sealed class Lane(World world, IPacketPoolGrain pool)
    {
        private readonly List<(PoolDraw Draw, TaskCompletionSource<DrawReply> Reply)> _waiting = [];

        public Task<DrawReply> DrawAsync(PoolDraw draw)
        {
            var reply = new TaskCompletionSource<DrawReply>();
            _waiting.Add((draw, reply));
            if (_waiting.Count == 1)
                world.Clients.Tasks.Start(SendAsync);
            return reply.Task;
        }

        private async Task SendAsync()
        {
            var sent = _waiting.ToArray();
            _waiting.Clear();
            try
            {
                var replies = await pool.Draw(new DrawBatch([.. sent.Select(one => one.Draw)]));
                for (var i = 0; i < sent.Length; i++)
                    sent[i].Reply.SetResult(replies.Replies[i]);
            }
            catch (Exception exception)
            {
                foreach (var (_, reply) in sent)
                    reply.TrySetException(exception);
            }
        }
    }
}
