namespace Campaigns.Gateway.Draws;

/// <summary>How draws that wait for one pool shard travel together.</summary>
public sealed class DrawOptions
{
    /// <summary>Draws in one call; a call's cost is then spread so thin that more gains nothing.</summary>
    public int Batch { get; set; } = 256;

    /// <summary>Calls under way per shard: one is being made durable while the next is on its way.</summary>
    public int CallsInFlight { get; set; } = 2;

    /// <summary>Draws waiting per shard; at 10,000 draws per second the last one waits under half a second.</summary>
    public int Queue { get; set; } = 4096;

    /// <summary>Lanes kept, one per pool shard; idle ones are dropped beyond this.</summary>
    public int Lanes { get; set; } = 4096;
}
