using Campaigns.Grains.Journal;

namespace Campaigns.Grains.Users;

/// <summary>What a user does in one activity and another grain must answer for, one after the other.</summary>
internal sealed class ActivityTurns(JournalServices services)
{
    private readonly Dictionary<ActivityRef, Task> _running = [];

    /// <param name="late">The answer where those before take too long.</param>
    public async Task<T> RunAsync<T>(ActivityRef activity, Func<Task<T>> act, T late)
    {
        while (_running.TryGetValue(activity, out var running))
        {
            try
            {
                await running.WaitAsync(services.Options.DurabilityWait, services.Time);
            }
            catch (TimeoutException)
            {
                return late;
            }
        }

        // Completed by a turn, so whoever waits goes on in this grain and not by way of the thread pool.
        var turn = new TaskCompletionSource();
        _running[activity] = turn.Task;
        try
        {
            return await act();
        }
        finally
        {
            _running.Remove(activity);
            turn.SetResult();
        }
    }
}
