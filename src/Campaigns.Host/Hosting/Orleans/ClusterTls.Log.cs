namespace Campaigns.Host.Hosting;

internal sealed partial class ClusterTls
{
    [LoggerMessage(LogLevel.Warning, "The files of Cluster:Tls cannot be used, the last certificate stays: {Fault}")]
    private partial void LogFilesUnusable(string fault);
}
