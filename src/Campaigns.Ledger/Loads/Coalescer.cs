namespace Campaigns.Ledger.Loads;

/// <summary>Gathers requests while queries are under way and sends what has gathered as one query.</summary>
internal sealed class Coalescer<TRequest, TAnswer>(
    Func<IReadOnlyList<TRequest>, ValueTask<IReadOnlyList<TAnswer>>> query,
    LoadOptions options,
    TaskScheduler scheduler)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private readonly TaskFactory _factory = new(scheduler);
    private int _running;

    /// <exception cref="LedgerUnavailableException">Too many wait, or the query failed.</exception>
    public Task<TAnswer> AskAsync(TRequest request)
    {
        var waiting = new Waiting(request);
        lock (_gate)
        {
            if (_waiting.Count >= options.WaitLimit)
            {
                throw new LedgerUnavailableException("Too many reads of the journal wait.");
            }

            _waiting.Enqueue(waiting);
            if (_running == options.Concurrency)
            {
                return waiting.Answer.Task;
            }

            _running++;
        }

        // Not run in place: what else asks in this turn joins the same query.
        _ = _factory.StartNew(RunAsync);
        return waiting.Answer.Task;
    }

    private async Task RunAsync()
    {
        while (Take() is { } batch)
        {
            LoadMetrics.Asked(batch.Count);
            try
            {
                var answers = await query([.. batch.Select(waiting => waiting.Request)]);
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Answer.SetResult(answers[i]);
                }
            }
            catch (Exception exception)
            {
                foreach (var waiting in batch)
                {
                    waiting.Answer.TrySetException(exception);
                }
            }
        }
    }

    private List<Waiting>? Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _running--;
                return null;
            }

            var batch = new List<Waiting>(Math.Min(_waiting.Count, options.BatchRequests));
            while (batch.Count < options.BatchRequests && _waiting.TryDequeue(out var next))
            {
                batch.Add(next);
            }

            return batch;
        }
    }

    private sealed class Waiting(TRequest request)
    {
        public TRequest Request => request;

        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
