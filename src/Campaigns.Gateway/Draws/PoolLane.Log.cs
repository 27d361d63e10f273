using Microsoft.Extensions.Logging;

namespace Campaigns.Gateway.Draws;

internal sealed partial class PoolLane
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(1, LogLevel.Warning, "A call of {Draws} draws failed; they were answered as retryable.")]
    private partial void LogFailed(int draws, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "A call of {Draws} draws was answered with {Replies} replies.")]
    private partial void LogWrongCount(int draws, int replies);
}
