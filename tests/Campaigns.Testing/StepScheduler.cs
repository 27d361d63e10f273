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
        while (_ready.TryDequeue(out var task))
        {
            TryExecuteTask(task);
        }
    }

    /// <summary>Runs a piece of test code on this scheduler, so that its awaits come back here.</summary>
    public Task<T> Start<T>(Func<Task<T>> work) => new TaskFactory(this).StartNew(work).Unwrap();

    protected override void QueueTask(Task task) => _ready.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
