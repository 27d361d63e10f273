namespace Orleans.Embedded;

/// <summary>A call of a method that returns <see cref="Task"/>.</summary>
internal abstract class TaskCall(GrainMethod method) : GrainCall<NoResult>(method)
{
    protected abstract Task Call(object grain);

    protected override Task? Start(object grain)
    {
        try
        {
            var task = Call(grain);
            return task.IsCompletedSuccessfully ? null : task;
        }
        catch (Exception exception)
        {
            Fail(exception);
            return null;
        }
    }

    protected override NoResult ResultOf(Task task) => default;
}

/// <summary>A call of a method that returns <see cref="Task{TResult}"/>.</summary>
internal abstract class TaskCall<TResult>(GrainMethod method) : GrainCall<TResult>(method)
{
    protected abstract Task<TResult> Call(object grain);

    protected override Task? Start(object grain)
    {
        try
        {
            var task = Call(grain);
            if (!task.IsCompletedSuccessfully)
                return task;
            Succeed(task.Result);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        return null;
    }

    protected override TResult ResultOf(Task task) => ((Task<TResult>)task).Result;
}

/// <summary>A call of a method that returns <see cref="ValueTask"/>.</summary>
internal abstract class ValueTaskCall(GrainMethod method) : GrainCall<NoResult>(method)
{
    protected abstract ValueTask Call(object grain);

    protected override Task? Start(object grain)
    {
        try
        {
            var task = Call(grain);
            return task.IsCompletedSuccessfully ? null : task.AsTask();
        }
        catch (Exception exception)
        {
            Fail(exception);
            return null;
        }
    }

    protected override NoResult ResultOf(Task task) => default;
}

/// <summary>A call of a method that returns <see cref="ValueTask{TResult}"/>.</summary>
internal abstract class ValueTaskCall<TResult>(GrainMethod method) : GrainCall<TResult>(method)
{
    protected abstract ValueTask<TResult> Call(object grain);

    protected override Task? Start(object grain)
    {
        try
        {
            var task = Call(grain);
            if (!task.IsCompletedSuccessfully)
                return task.AsTask();
            Succeed(task.Result);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        return null;
    }

    protected override TResult ResultOf(Task task) => ((Task<TResult>)task).Result;
}
