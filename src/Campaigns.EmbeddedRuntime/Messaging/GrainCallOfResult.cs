using System.Runtime.CompilerServices;
using Orleans.Serialization.Invocation;

namespace Orleans.Embedded;

/// <summary>A call with the type of its result; calls without one have <see cref="NoResult"/>.</summary>
internal abstract class GrainCall<TResult>(GrainMethod method) : GrainCall(method)
{
    // The builder, unlike a completion source, keeps the exception of a cancelled call.
    private AsyncTaskMethodBuilder<TResult> _completion = AsyncTaskMethodBuilder<TResult>.Create();
    private TResult _result = default!;
    private Exception? _failure;

    /// <summary>The caller's task.</summary>
    public Task<TResult> Completion => _completion.Task;

    public override void Run(Activation activation)
    {
        if (activation.HasFilters)
            _ = RunFilteredAsync(activation);
        else if (Start(activation.GrainInstance!) is { } unfinished)
            _ = FinishAsync(activation, unfinished);
        else
            Finish(activation);
    }

    public override async ValueTask<Response> Invoke()
    {
        _failure = null;
        if (Start(Grain!) is { } unfinished)
            await Observe(unfinished);
        if (_failure is not null)
            return Response.FromException(_failure);
        return typeof(TResult) == typeof(NoResult) ? Response.Completed : Response.FromResult(_result);
    }

    public override void Respond(Response response)
    {
        if (response.Exception is { } exception)
            _failure = exception;
        else if (response.Result is TResult result)
            _result = result;
        SendResponse();
    }

    /// <summary>
    /// Begins the method; its task, or null when it ended at once with <see cref="Succeed"/> or <see cref="Fail"/>.
    /// </summary>
    protected abstract Task? Start(object grain);

    /// <summary>Takes the result of the task that <see cref="Start"/> returned.</summary>
    protected abstract TResult ResultOf(Task task);

    protected void Succeed(TResult result) => _result = result;

    protected void Fail(Exception exception) => _failure = exception;

    protected override void Publish(Exception? localFailure)
    {
        if ((localFailure ?? _failure) is { } failure)
            _completion.SetException(failure);
        else
            _completion.SetResult(_result);
    }

    private async Task FinishAsync(Activation activation, Task unfinished)
    {
        await Observe(unfinished);
        Finish(activation);
    }

    private async Task Observe(Task unfinished)
    {
        try
        {
            await unfinished;
            Succeed(ResultOf(unfinished));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Finish(Activation activation)
    {
        CopyResult();
        Answer(activation);
    }

    private void CopyResult()
    {
        if (_failure is not null || Method.SharesResult)
            return;
        try
        {
            _result = DeepCopy.Copy(_result);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private async Task RunFilteredAsync(Activation activation)
    {
        var context = new IncomingCallContext(this, activation);
        try
        {
            SetTarget(activation);
            await context.Invoke();
            if (context.Response!.Exception is { } exception)
                Fail(exception);
            else
                Succeed(context.Response.Result is TResult result ? result : default!);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        Finish(activation);
    }

    private void Answer(Activation activation)
    {
        if (_failure is not null)
            activation.OnCallFailed(this, _failure);
        if (!Method.IsOneWay)
            SendResponse();
        activation.OnCallEnded(this);
    }
}

/// <summary>The result of methods that have none.</summary>
internal readonly struct NoResult;
