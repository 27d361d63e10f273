namespace Campaigns.Grains.Tests;

/// <summary>A wall clock that a test moves; timers and elapsed time stay those of the system.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _shift;

    public void Set(DateTimeOffset now) => _shift = now - System.GetUtcNow();

    public void Advance(TimeSpan by) => _shift += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}
