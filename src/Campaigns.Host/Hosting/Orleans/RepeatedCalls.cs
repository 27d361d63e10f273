using System.Collections.Concurrent;
using System.Reflection;
using Campaigns.Contracts;

namespace Campaigns.Host.Hosting;

/// <summary>
/// Sends a gateway's call a second time where it was rejected on its way or its silo went away: only calls whose
/// repetition changes nothing. Whoever has waited out a timeout is told, it would wait as long again.
/// </summary>
internal sealed class RepeatedCalls(TimeProvider time) : IOutgoingGrainCallFilter
{
    /// <summary>Enough for the client to have noticed which silo is gone.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<MethodInfo, bool> _repeatable = new();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
            return;
        }
        catch (Exception failure) when (MayRepeat(context, failure))
        {
            // Below, outside of the handler.
        }

        await Task.Delay(Pause, time);
        await context.Invoke();
    }

    private bool MayRepeat(IOutgoingGrainCallContext context, Exception failure) =>
        failure is OrleansMessageRejectionException or SiloUnavailableException
        && _repeatable.GetOrAdd(
            context.InterfaceMethod, method => method.IsDefined(typeof(RepeatableAttribute), inherit: false));
}
