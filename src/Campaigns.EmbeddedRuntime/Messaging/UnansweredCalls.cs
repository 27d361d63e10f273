namespace Orleans.Embedded;

/// <summary>
/// The calls that callers wait for, so that each ends: answered, timed out or broken by the silo's stop. Looked through
/// every second at most, as in a cluster, and only while there are any.
/// </summary>
internal sealed class UnansweredCalls : IDisposable
{
    private const int StripeCount = 16;
    private static readonly TimeSpan LongestScanPeriod = TimeSpan.FromSeconds(1);
    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe())];
    private readonly TimeProvider _clock;
    private readonly TimeSpan _responseTimeout;
    private readonly TimeSpan _scanPeriod;
    private readonly ITimer _timer;
    private int _armed;
    private volatile bool _closed;

    public UnansweredCalls(TimeProvider clock, TimeSpan responseTimeout)
    {
        _clock = clock;
        _responseTimeout = responseTimeout;
        _scanPeriod = responseTimeout < LongestScanPeriod ? responseTimeout : LongestScanPeriod;
        _timer = clock.CreateTimer(
            static state => ((UnansweredCalls)state!).Scan(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to watch a call; false when the silo has stopped.</summary>
    public bool Add(GrainCall call)
    {
        call.SentAt = _clock.GetTimestamp();
        var index = Environment.CurrentManagedThreadId % StripeCount;
        var stripe = _stripes[index];
        lock (stripe)
        {
            if (_closed)
                return false;
            call.UnansweredStripe = index;
            call.PreviousUnanswered = stripe.Last;
            if (stripe.Last is null)
                stripe.First = call;
            else
                stripe.Last.NextUnanswered = call;
            stripe.Last = call;
        }

        if (Volatile.Read(ref _armed) == 0)
            Arm();
        return true;
    }

    public void Remove(GrainCall call)
    {
        if (call.UnansweredStripe < 0)
            return;
        var stripe = _stripes[call.UnansweredStripe];
        lock (stripe)
        {
            if (call.PreviousUnanswered is null)
                stripe.First = call.NextUnanswered;
            else
                call.PreviousUnanswered.NextUnanswered = call.NextUnanswered;
            if (call.NextUnanswered is null)
                stripe.Last = call.PreviousUnanswered;
            else
                call.NextUnanswered.PreviousUnanswered = call.PreviousUnanswered;
            call.PreviousUnanswered = call.NextUnanswered = null;
        }
    }

    /// <summary>Refuses further calls and fails those that wait.</summary>
    public void Close(Func<GrainCall, Exception> failure)
    {
        _closed = true;
        foreach (var call in Snapshot())
            call.Complete(failure(call));
    }

    public void Dispose() => _timer.Dispose();

    private void Arm()
    {
        if (Interlocked.Exchange(ref _armed, 1) == 0)
            _timer.Change(_scanPeriod, Timeout.InfiniteTimeSpan);
    }

    private void Scan()
    {
        Volatile.Write(ref _armed, 0);
        var calls = Snapshot();
        foreach (var call in calls)
        {
            var timeout = call.Method.ResponseTimeout ?? _responseTimeout;
            if (_clock.GetElapsedTime(call.SentAt) >= timeout)
                call.Complete(TimedOut(call, timeout));
        }

        if (calls.Count > 0)
            Arm();
    }

    private static TimeoutException TimedOut(GrainCall call, TimeSpan timeout) =>
        new($"No response within {timeout} from {call.Target} to {call.Method}, "
            + $"called by {call.Caller?.ToString() ?? "a client"}.");

    private List<GrainCall> Snapshot()
    {
        var calls = new List<GrainCall>();
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                for (var call = stripe.First; call is not null; call = call.NextUnanswered)
                    calls.Add(call);
            }
        }

        return calls;
    }

    private sealed class Stripe
    {
        public GrainCall? First { get; set; }

        public GrainCall? Last { get; set; }
    }
}
