using System.Collections.Concurrent;

namespace Campaigns.Ledger.Sqlite;

/// <summary>
/// Threads of their own for a blocking library, each with its session, which serve one bounded queue in order. A
/// session that failed is thrown away; the next call opens another.
/// </summary>
internal sealed class SqliteThreads : IAsyncDisposable
{
    private readonly BlockingCollection<IWork> _queue;
    private readonly Func<SqliteSession> _open;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    public SqliteThreads(string name, int count, int queueLimit, Func<SqliteSession> open)
    {
        _queue = new BlockingCollection<IWork>(queueLimit);
        _open = open;
        _running = count;
        for (var i = 0; i < count; i++)
        {
            new Thread(Serve) { IsBackground = true, Name = $"{name} {i}" }.Start();
        }
    }

    /// <summary>
    /// Runs the work on one of the threads. Failures of SQLite come out as <see cref="LedgerUnavailableException"/>.
    /// </summary>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        var item = new Work<T>(work, cancellation);
        try
        {
            if (!_queue.TryAdd(item))
            {
                return Task.FromException<T>(new LedgerUnavailableException("Too many calls wait for SQLite."));
            }
        }
        catch (InvalidOperationException)
        {
            return Task.FromException<T>(new LedgerUnavailableException("The SQLite database is closed."));
        }

        return item.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _ended.Task;
    }

    private void Serve()
    {
        SqliteSession? session = null;
        foreach (var work in _queue.GetConsumingEnumerable())
        {
            try
            {
                session ??= _open();
            }
            catch (SqliteFailure failure)
            {
                work.Fail(failure);
                continue;
            }

            if (!work.Run(session))
            {
                session.Dispose();
                session = null;
            }
        }

        session?.Dispose();
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _ended.SetResult();
        }
    }

    private interface IWork
    {
        /// <summary>False when the session must not be used again.</summary>
        bool Run(SqliteSession session);

        void Fail(SqliteFailure failure);
    }

    private sealed class Work<T>(Func<SqliteSession, T> work, CancellationToken cancellation) : IWork
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _result.Task;

        public bool Run(SqliteSession session)
        {
            if (cancellation.IsCancellationRequested)
            {
                _result.SetCanceled(cancellation);
                return true;
            }

            try
            {
                _result.SetResult(work(session));
                return true;
            }
            catch (SqliteFailure failure)
            {
                Fail(failure);
                return false;
            }
            catch (Exception exception)
            {
                _result.SetException(exception);
                return false;
            }
        }

        public void Fail(SqliteFailure failure) =>
            _result.SetException(new LedgerUnavailableException(failure.Message, failure));
    }
}
