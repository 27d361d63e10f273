namespace Campaigns.Benchmarks;

/// <summary>The smallest call there is.</summary>
[Alias("bench.IPing")]
public interface IPing : IGrainWithStringKey
{
    Task Ping();

    Task<long> Add(long amount);

    /// <summary>Calls another grain, one call after the other.</summary>
    [ResponseTimeout("00:10:00")]
    Task PingOther(string key, int count);
}

public sealed class PingGrain : Grain, IPing
{
    private long _sum;

    public Task Ping() => Task.CompletedTask;

    public Task<long> Add(long amount) => Task.FromResult(_sum += amount);

    public async Task PingOther(string key, int count)
    {
        var other = GrainFactory.GetGrain<IPing>(key);
        for (var i = 0; i < count; i++)
            await other.Ping();
    }
}
