using Microsoft.Extensions.Logging;

namespace Campaigns.Gateway.Hosting;

internal sealed partial class Frontier
{
    [LoggerMessage(1, LogLevel.Warning, "A call to a grain failed; it was answered as retryable.")]
    private partial void LogCallFailed(Exception failure);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Endpoint} failed with an exception that nobody expects.")]
    private partial void LogBug(string method, string? endpoint, Exception failure);
}
