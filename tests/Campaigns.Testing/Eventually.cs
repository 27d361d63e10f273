using System.Diagnostics;

namespace Campaigns.Testing;

/// <summary>Polls for what a real process or database does in its own time.</summary>
public static class Eventually
{
    public static async Task ShouldBe(Func<Task<bool>> condition, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(20);
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"The condition did not come true within {limit}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    public static Task ShouldBe(Func<bool> condition, TimeSpan? within = null) =>
        ShouldBe(() => Task.FromResult(condition()), within);
}
