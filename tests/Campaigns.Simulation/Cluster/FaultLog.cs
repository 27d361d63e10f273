using Campaigns.Contracts;
using Campaigns.Ledger;
using Campaigns.Simulation.Engine;
using Microsoft.Extensions.Logging;

namespace Campaigns.Simulation.Cluster;

/// <summary>Reads the logs: an exception that no broken machine explains is a bug, and fails the seed.</summary>
internal sealed class FaultLog(Trace trace, Action<Violation> fail) : ILoggerFactory
{
    public ILogger<T> Of<T>() => new Logger<T>(this);

    public ILogger CreateLogger(string categoryName) => new Reader(this);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    /// <summary>What a caller may meet when processes, messages or the database fail.</summary>
    public static bool IsExpected(Exception exception) => exception is TimeoutException or LedgerUnavailableException
        or StaleCacheException or OperationCanceledException or SiloUnavailableException
        or OrleansMessageRejectionException or LimitExceededException;

    private sealed class Reader(FaultLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning || log._trace.KeepsText;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            log._trace.Say($"log: {formatter(state, exception)} {exception?.GetType().Name} {exception?.Message}");
            if (exception is not null && !IsExpected(exception))
                log._fail(new Violation("no-bug", $"{formatter(state, exception)}: {exception}"));
        }
    }

    private readonly Trace _trace = trace;
    private readonly Action<Violation> _fail = fail;
}
