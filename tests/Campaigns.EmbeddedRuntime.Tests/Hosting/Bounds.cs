namespace Campaigns.EmbeddedRuntime.Tests.Hosting;

/// <summary>Bounds that only failing tests reach.</summary>
public static class Bounds
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    public static Task Soon(this Task task) => task.WaitAsync(Long);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Long);

    /// <summary>Waits until the condition holds.</summary>
    public static async Task Until(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            tries.ShouldBeLessThan(60_000, "the condition never held");
            await Task.Delay(1);
        }
    }

    /// <summary>
    /// Gives others ample opportunity to do what they must not do. Proves nothing alone, but catches what happens
    /// at once.
    /// </summary>
    public static async Task LetOthersRun()
    {
        for (var i = 0; i < 20; i++)
            await Task.Delay(1);
    }
}
