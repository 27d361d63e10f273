using System.Threading.Tasks.Sources;
using Campaigns.Contracts;

namespace Campaigns.Gateway.Draws;

/// <summary>A draw on its way to a pool shard; completed once, awaited once.</summary>
internal sealed class PendingDraw : IValueTaskSource<DrawReply>
{
    // Continuations write responses: they must not queue up behind each other on the thread that completes a batch.
    private ManualResetValueTaskSourceCore<DrawReply> _reply = new() { RunContinuationsAsynchronously = true };

    public PendingDraw(PoolDraw draw, long since)
    {
        Draw = draw;
        Since = since;
    }

    public PoolDraw Draw { get; }

    /// <summary>Timestamp of its arrival in the lane.</summary>
    public long Since { get; }

    public ValueTask<DrawReply> Reply => new(this, _reply.Version);

    public void Complete(DrawReply reply) => _reply.SetResult(reply);

    DrawReply IValueTaskSource<DrawReply>.GetResult(short token) => _reply.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<DrawReply>.GetStatus(short token) => _reply.GetStatus(token);

    void IValueTaskSource<DrawReply>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _reply.OnCompleted(continuation, state, token, flags);
}
