using Microsoft.Extensions.Logging;

namespace Campaigns.Gateway.Hosting;

internal sealed partial class Frontier
{
    [LoggerMessage(1, LogLevel.Warning, "{Calls} calls to grains failed and were answered as retryable; one of them:")]
    private partial void LogCallsFailed(int calls, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Endpoint} failed with an exception that nobody expects.")]
    private partial void LogBug(string method, string? endpoint, Exception failure);
}
