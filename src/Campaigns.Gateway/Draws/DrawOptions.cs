namespace Campaigns.Gateway.Draws;

/// <summary>How draws that wait for one pool shard travel together.</summary>
public sealed class DrawOptions
{
    /// <summary>Draws in one call; a call's cost is then spread so thin that more gains nothing.</summary>
    public int Batch { get; set; } = 256;

    /// <summary>Calls under way per shard.</summary>
    public int CallsInFlight { get; set; } = 2;

    /// <summary>
    /// The fewest draws with which a further call leaves beside one under way; it also waits until it is not smaller
    /// than that one. So callers fall into halves, and while one half waits for its commit the other is at work: in one
    /// call at a time 128 callers all wait for the same commit, and a fifth of the machine's time passes idle. Smaller
    /// calls would share the commits that one would fill.
    /// </summary>
    public int Overlap { get; set; } = 32;

    /// <summary>
    /// Draws waiting per pool, in equal parts for its shards; at 20,000 draws per second the last one waits for 0.2 s.
    /// </summary>
    public int Queue { get; set; } = 4096;

    /// <summary>
    /// While a draw has waited longer than this, further ones are refused: the queue of a slow shard is as short in
    /// time as that of a fast one, and a refusal is told at once.
    /// </summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Lanes kept, one per pool shard; idle ones are dropped beyond this.</summary>
    public int Lanes { get; set; } = 4096;
}
