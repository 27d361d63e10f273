using System.Text;
using Campaigns.Contracts;
using Campaigns.Simulation.Cluster;

namespace Campaigns.Simulation.PlantedFaults;

/// <summary>A fault in what grains are asked or answer.</summary>
internal abstract class CallFault : Planted
{
    public override IIncomingGrainCallFilter Filter(World world, TimeProvider time) => new Seam(this, time);

    protected abstract Task PassAsync(IIncomingGrainCallContext call, TimeProvider time);

    private sealed class Seam(CallFault fault, TimeProvider time) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => fault.PassAsync(context, time);
    }
}

/// <summary>
/// The operation's id is kept in a table of its own, written after the commit; the commit knows it by another name.
/// </summary>
internal sealed class OperationIdAfterTheCommit : CallFault
{
    private readonly Dictionary<(string Grain, ulong Key), CheckInReply> _checkIns = [];
    private readonly Dictionary<(string Grain, ulong Key), DrawReply> _draws = [];
    private ulong _last = 1UL << 40;

    protected override async Task PassAsync(IIncomingGrainCallContext call, TimeProvider time)
    {
        var grain = call.TargetId.ToString();
        switch (call.Request.GetArgumentCount() > 0 ? call.Request.GetArgument(0) : null)
        {
            case CheckInCommand command:
                if (_checkIns.TryGetValue((grain, command.Operation.KeyHash), out var checkIn))
                {
                    call.Result = checkIn with { Replayed = true };
                    return;
                }

                call.Request.SetArgument(0, command with { Operation = Renamed(command.Operation) });
                await call.Invoke();
                if (call.Result is CheckInReply { Outcome: Outcome.Done } done)
                    _checkIns[(grain, command.Operation.KeyHash)] = done;
                break;
            case UserDrawCommand command:
                if (_draws.TryGetValue((grain, command.Operation.KeyHash), out var draw))
                {
                    call.Result = draw with { Replayed = true };
                    return;
                }

                call.Request.SetArgument(0, command with { Operation = Renamed(command.Operation) });
                await call.Invoke();
                if (call.Result is DrawReply { Outcome: Outcome.Done } won)
                    _draws[(grain, command.Operation.KeyHash)] = won;
                break;
            default:
                await call.Invoke();
                break;
        }
    }

    private Operation Renamed(Operation operation) => operation with { KeyHash = ++_last };
}

/// <summary>A retry's answer is made anew instead of read from the row.</summary>
internal sealed class ResultNotStored : CallFault
{
    protected override async Task PassAsync(IIncomingGrainCallContext call, TimeProvider time)
    {
        await call.Invoke();
        call.Result = call.Result switch
        {
            DrawReplies replies => new DrawReplies([.. replies.Replies.Select(reply => reply.Replayed
                ? reply with { Result = reply.Result! with { At = time.GetUtcNow() } }
                : reply)]),
            CheckInReply { Replayed: true } reply => reply with
            {
                Result = reply.Result! with { Date = time.GetUtcNow().ToString("yyyy-MM-dd", null) },
            },
            var other => other,
        };
    }
}

/// <summary>A discount uses the quota of the day that the machine's own calendar shows.</summary>
internal sealed class QuotaByWallClock : CallFault
{
    protected override Task PassAsync(IIncomingGrainCallContext call, TimeProvider time)
    {
        if (call.Request.GetMethodName() == nameof(IStockGrain.Hold)
            && call.Request.GetArgument(0) is HoldCommand command)
        {
            var local = time.GetUtcNow() - TimeSpan.FromHours(5);
            call.Request.SetArgument(0, command with { Day = (int)(local - DateTimeOffset.UnixEpoch).TotalDays });
        }

        return call.Invoke();
    }
}

/// <summary>Silos reckon days in Greenwich, whatever zone the document names.</summary>
internal sealed class StreakByUtcDay : CallFault
{
    protected override async Task PassAsync(IIncomingGrainCallContext call, TimeProvider time)
    {
        await call.Invoke();
        if (call.Result is CampaignDefinition definition)
        {
            var document = Encoding.UTF8.GetString(definition.Document);
            var from = document.IndexOf("\"timeZone\": \"", StringComparison.Ordinal) + "\"timeZone\": \"".Length;
            var until = document.IndexOf('"', from);
            call.Result = definition with
            {
                Document = Encoding.UTF8.GetBytes(document[..from] + "Etc/UTC" + document[until..]),
            };
        }
    }
}

/// <summary>Silos go on by the document that they have heard of first.</summary>
internal sealed class MoreBudgetNotHeard : CallFault
{
    private byte[]? _first;

    protected override async Task PassAsync(IIncomingGrainCallContext call, TimeProvider time)
    {
        await call.Invoke();
        if (call.Result is CampaignDefinition definition)
            call.Result = definition with { Document = _first ??= definition.Document };
    }
}

/// <summary>Each delivery of a refund is a refund of its own.</summary>
internal sealed class RefundTwice : CallFault
{
    private int _last;

    protected override Task PassAsync(IIncomingGrainCallContext call, TimeProvider time)
    {
        if (call.Request.GetArgumentCount() > 0
            && call.Request.GetArgument(0) is HoldAction { Verb: HoldVerb.Return } action)
            call.Request.SetArgument(0, action with { Reference = $"{action.Reference}/{++_last}" });
        return call.Invoke();
    }
}

/// <summary>The first empty shard speaks for all.</summary>
internal sealed class ExhaustedTooEarly : CallFault
{
    protected override async Task PassAsync(IIncomingGrainCallContext call, TimeProvider time)
    {
        await call.Invoke();
        if (call.Result is DrawReplies replies)
            call.Result = new DrawReplies([.. replies.Replies.Select(reply => reply with { GoOn = false })]);
    }
}

/// <summary>A shard does not hear what the user has won in those before it.</summary>
internal sealed class ClaimsForgottenBetweenShards : CallFault
{
    protected override Task PassAsync(IIncomingGrainCallContext call, TimeProvider time)
    {
        if (call.Request.GetArgumentCount() > 0 && call.Request.GetArgument(0) is DrawBatch batch)
        {
            call.Request.SetArgument(
                0, new DrawBatch([.. batch.Draws.Select(draw => draw with { Prior = null })]));
        }

        return call.Invoke();
    }
}
