namespace Campaigns.System.Tests.Clients;

/// <summary>Polls a condition with a bound; a process of its own has no clock that a test could turn.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan within)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(within, "the condition did not come true");
            await PauseAsync();
        }
    }

    public static Task PauseAsync() => Task.Delay(Pause, TimeProvider.System);
}
