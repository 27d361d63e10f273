using System.Collections.Concurrent;

namespace Campaigns.Testing;

/// <summary>
/// Runs tasks only inside <see cref="Run"/>, on the test's thread. What has not happened when it returns waits for time
/// or for the test; what escapes to the thread pool is simply missing.
/// </summary>
public sealed class StepScheduler : TaskScheduler
{
    private readonly ConcurrentQueue<Task> _ready = new();

    /// <summary>Runs until nothing is ready.</summary>
    public void Run()
    {
        // A context of the test framework would draw the awaits away from here.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (_ready.TryDequeue(out var task))
            {
                TryExecuteTask(task);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Runs a piece of test code on this scheduler, so that its awaits come back here.</summary>
    public Task<T> Start<T>(Func<Task<T>> work) => new TaskFactory(this).StartNew(work).Unwrap();

    protected override void QueueTask(Task task) => _ready.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}

public static class StepResults
{
    /// <summary>The result of what must be complete by now: a test that steps never waits.</summary>
    public static T Now<T>(this Task<T> task) => task.IsCompleted
        ? task.GetAwaiter().GetResult()
        : throw new InvalidOperationException("The task is still under way.");

    public static IReadOnlyList<T> Now<T>(this IEnumerable<Task<T>> tasks) => [.. tasks.Select(Now)];
}
