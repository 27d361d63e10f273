namespace Campaigns.Gateway.Hosting;

/// <summary>
/// Bounds the wait for a grain; beyond it the caller gets a <see cref="TimeoutException"/>, that is 503.
/// </summary>
internal sealed class Deadline(LimitOptions limits, TimeProvider time)
{
    public Task<T> For<T>(Task<T> call) => call.IsCompleted ? call : call.WaitAsync(limits.CallTimeout, time);

    public ValueTask<T> For<T>(ValueTask<T> call) =>
        call.IsCompleted ? call : new ValueTask<T>(call.AsTask().WaitAsync(limits.CallTimeout, time));
}
