using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// Runs the turns of one activation, one at a time and in order. Its lock also guards the activation's state, so that
/// receiving a call takes a single lock.
/// </summary>
internal sealed class ActivationScheduler(Activation activation, IEmbeddedScheduler executor)
    : TaskScheduler, IThreadPoolWorkItem, IWorkItemScheduler
{
    private static readonly Action<object?> PumpActivation = static state => ((Activation)state!).Pump();

    // A null entry stands for the activation's pump, whose task is made by the thread that runs it:
    // a task made by the sender would carry the sender's execution context into the callee.
    private readonly Queue<Task?> _turns = new(2);
    private bool _pumpQueued;
    private bool _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    internal object Gate => _turns;

    /// <summary>
    /// Queues a pump unless one is queued already. Call under <see cref="Gate"/>, then schedule when true.
    /// </summary>
    internal bool QueuePump()
    {
        if (_pumpQueued)
            return false;
        _pumpQueued = true;
        return Enqueue(null);
    }

    internal void ScheduleSlice() => executor.Schedule(this);

    public void QueueAction(Action action) => QueueAction(static state => ((Action)state)(), action);

    public void QueueAction(Action<object> action, object state)
    {
        Task task;
        using (WithoutContext.Begin())
            task = new Task(action!, state);
        task.Start(this);
    }

    void IWorkItemScheduler.QueueTask(Task task) => task.Start(this);

    void IThreadPoolWorkItem.Execute()
    {
        if (activation.Silo.IsKilled)
            return;
        // A synchronization context, which threads of tests and desktops have, would draw awaits away from this
        // scheduler.
        var foreign = SynchronizationContext.Current;
        if (foreign is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        var previous = RuntimeContext.Enter(activation);
        try
        {
            for (var turnsLeft = executor.TurnsPerSlice; TryTake(turnsLeft, out var turn); turnsLeft--)
            {
                if (turn is not null)
                    TryExecuteTask(turn);
                else
                    new Task(PumpActivation, activation).RunSynchronously(this);
            }
        }
        finally
        {
            RuntimeContext.Enter(previous);
            if (foreign is not null)
                SynchronizationContext.SetSynchronizationContext(foreign);
        }
    }

    protected override void QueueTask(Task task)
    {
        bool schedule;
        lock (_turns)
            schedule = Enqueue(task);
        if (schedule)
            ScheduleSlice();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_turns)
            return [.. _turns.OfType<Task>()];
    }

    private bool Enqueue(Task? turn)
    {
        _turns.Enqueue(turn);
        if (_scheduled)
            return false;
        return _scheduled = true;
    }

    private bool TryTake(int turnsLeft, out Task? turn)
    {
        lock (_turns)
        {
            turn = null;
            if (_turns.Count == 0)
            {
                _scheduled = false;
                return false;
            }

            if (turnsLeft > 0)
            {
                turn = _turns.Dequeue();
                if (turn is null)
                    _pumpQueued = false;
                return true;
            }
        }

        // Still marked as scheduled: nobody else has queued this slice.
        ScheduleSlice();
        return false;
    }
}
