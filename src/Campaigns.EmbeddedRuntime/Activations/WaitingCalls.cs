namespace Orleans.Embedded;

/// <summary>The requests queued at an activation, oldest first.</summary>
internal struct WaitingCalls
{
    private GrainCall? _first;
    private GrainCall? _last;
    private int _interleavable;

    public int Count { get; private set; }

    public readonly GrainCall? First => _first;

    /// <summary>Whether any request here might run although another one blocks; saves searching a long queue.</summary>
    public readonly bool AnyInterleavable => _interleavable > 0;

    public void Add(GrainCall call)
    {
        call.PreviousWaiting = _last;
        if (_last is null)
            _first = call;
        else
            _last.NextWaiting = call;
        _last = call;
        Count++;
        if (MayInterleave(call))
            _interleavable++;
    }

    public void Remove(GrainCall call)
    {
        if (call.PreviousWaiting is null)
            _first = call.NextWaiting;
        else
            call.PreviousWaiting.NextWaiting = call.NextWaiting;
        if (call.NextWaiting is null)
            _last = call.PreviousWaiting;
        else
            call.NextWaiting.PreviousWaiting = call.PreviousWaiting;
        call.NextWaiting = call.PreviousWaiting = null;
        Count--;
        if (MayInterleave(call))
            _interleavable--;
    }

    public List<GrainCall> TakeAll()
    {
        var all = new List<GrainCall>(Count);
        while (_first is { } call)
        {
            Remove(call);
            all.Add(call);
        }

        return all;
    }

    private static bool MayInterleave(GrainCall call) =>
        call.IsAlwaysInterleave || call.IsReadOnly || call.ReentrancyId != Guid.Empty;
}
