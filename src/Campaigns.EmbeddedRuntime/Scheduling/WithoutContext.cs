namespace Orleans.Embedded;

/// <summary>While it lives, tasks and timers made on this thread do not take the current async locals along.</summary>
internal readonly ref struct WithoutContext
{
    private readonly AsyncFlowControl _flow;
    private readonly bool _suppressed;

    private WithoutContext(AsyncFlowControl flow)
    {
        _flow = flow;
        _suppressed = true;
    }

    public static WithoutContext Begin() =>
        ExecutionContext.IsFlowSuppressed() ? default : new WithoutContext(ExecutionContext.SuppressFlow());

    public void Dispose()
    {
        if (_suppressed)
            _flow.Undo();
    }
}
