using Orleans.Embedded;

namespace Campaigns.Simulation.Engine;

/// <summary>Runs tasks of one process, or of the clients, as steps.</summary>
internal sealed class StepTasks(Steps steps, Life? life) : TaskScheduler
{
    public Task Start(Func<Task> work) => new TaskFactory(this).StartNew(work).Unwrap();

    public Task<T> Start<T>(Func<Task<T>> work) => new TaskFactory(this).StartNew(work).Unwrap();

    protected override void QueueTask(Task task) => steps.Add(new TaskStep(this, task), life);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private sealed class TaskStep(StepTasks scheduler, Task task) : IThreadPoolWorkItem
    {
        public void Execute() => scheduler.TryExecuteTask(task);
    }
}

/// <summary>The grain runtime's work of one process, as steps.</summary>
internal sealed class StepExecutor(Steps steps, Life life) : IEmbeddedScheduler
{
    public int TurnsPerSlice => 1;

    public void Schedule(IThreadPoolWorkItem work) => steps.Add(work, life);
}
