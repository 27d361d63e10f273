using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace Campaigns.Peers.Redis;

/// <summary>Somebody who waits for a reply; used again afterwards.</summary>
internal sealed class PendingReply : IValueTaskSource<RespReply>
{
    private static readonly ConcurrentQueue<PendingReply> Free = new();

    private ManualResetValueTaskSourceCore<RespReply> _core = new() { RunContinuationsAsynchronously = true };

    public ValueTask<RespReply> Task => new(this, _core.Version);

    public static PendingReply Rent() => Free.TryDequeue(out var pending) ? pending : new PendingReply();

    public void Complete(RespReply reply) => _core.SetResult(reply);

    public void Fail(Exception failure) => _core.SetException(failure);

    public RespReply GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Free.Enqueue(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
