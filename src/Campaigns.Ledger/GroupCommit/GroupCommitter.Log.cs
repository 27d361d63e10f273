using Campaigns.Domain.Values;
using Microsoft.Extensions.Logging;

namespace Campaigns.Ledger.GroupCommit;

internal static partial class GroupCommitterLog
{
    [LoggerMessage(1, LogLevel.Information, "Group commit has started; its seals are in stream {Stream}.")]
    public static partial void CommitterStarted(this ILogger log, StreamId stream);

    [LoggerMessage(2, LogLevel.Warning, "A batch of {Rows} rows of {Streams} streams ended as {Outcome}.")]
    public static partial void BatchFailed(this ILogger log, WriteOutcome outcome, int rows, int streams);

    [LoggerMessage(3, LogLevel.Warning, "The database cannot be asked; trying again.")]
    public static partial void DatabaseAway(this ILogger log, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Stream {Stream} has another history behind version {Version}: dropped.")]
    public static partial void StreamFenced(this ILogger log, StreamId stream, long version);

    [LoggerMessage(5, LogLevel.Warning, "Another writer holds the next key of stream {Stream}: set aside.")]
    public static partial void StreamStalled(this ILogger log, StreamId stream);

    [LoggerMessage(6, LogLevel.Error, "{Count} commits were abandoned; they may be in the journal or not.")]
    public static partial void CommitsAbandoned(this ILogger log, int count);

    [LoggerMessage(7, LogLevel.Critical, "Group commit has failed for good; the host must stop.")]
    public static partial void LaneFailed(this ILogger log, Exception exception);
}
