using Microsoft.Extensions.Logging.Console;

namespace Campaigns.Host.Hosting;

/// <summary>Logs go to stderr, one line each; stdout has the line <c>ready:</c> alone.</summary>
internal static class HostLogging
{
    public static void AddHostLog(this ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Warning);

        // A start that fails ends as one line, or with the exception itself; its copy in the log is neither.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        // It logs bugs alone, which the gateway logs itself, but where it may it opens a scope for every request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // Orleans' watchdog takes each start for a participant that hangs.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;

            // A slow terminal must not stop the host: what does not fit is dropped and counted.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    }
}
