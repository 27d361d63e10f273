namespace Campaigns.System.Tests.Load;

/// <summary>
/// A promise about time is that of a machine that does nothing else, so the best of some tries counts.
/// </summary>
internal static class Fastest
{
    private const int Tries = 3;

    /// <summary>Measures up to three times, no more once it was fast enough, and asserts that it was.</summary>
    public static async Task ShouldBeWithinAsync(TimeSpan promised, Func<Task<TimeSpan>> measure)
    {
        var best = await measure();
        for (var number = 2; number <= Tries && best > promised; number++)
        {
            var next = await measure();
            best = next < best ? next : best;
        }

        best.ShouldBeLessThanOrEqualTo(promised);
    }
}
