using System.Net.Http.Headers;
using Campaigns.Host.Auditing;
using Campaigns.Host.Settings;
using Campaigns.Ledger;
using Campaigns.Ledger.Audit;
using Campaigns.Ledger.GroupCommit;

namespace Campaigns.Host.Anchoring;

/// <summary>
/// Leaves an anchor every so often, and a last one when the committer has stopped: it is added before the committer and
/// so stops after it. A failure is logged and made good by the next anchor, which covers all earlier ones.
/// </summary>
internal sealed class AnchorExport(
    AnchorSettings settings,
    ILedger ledger,
    IServiceProvider services,
    TimeProvider time,
    ILogger<AnchorExport> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan PostWithin = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = PostWithin };
    private Task _exports = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _exports = ExportUntilAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Cancel();
        await _exports;
        await ExportAsync(cancellationToken);
    }

    public void Dispose()
    {
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task ExportUntilAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(settings.Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await ExportAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The last anchor is the stop's own.
        }
    }

    private async Task ExportAsync(CancellationToken stop)
    {
        try
        {
            // The committer is asked for late: it is started after this service.
            var streams = services.GetRequiredService<GroupCommitter>().Streams;
            var at = time.GetUtcNow().ToUnixTimeMilliseconds();
            var json = AnchorFile.Json(new Anchor(at, await ledger.HeadsAsync(streams, stop)));
            if (settings.File is { } file)
            {
                await File.WriteAllTextAsync(file + ".next", json, stop);
                File.Move(file + ".next", file, overwrite: true);
            }

            if (settings.Url is { } url)
            {
                using var body = new StringContent(json, new MediaTypeHeaderValue("application/json"));
                using var answer = await _http.PostAsync(url, body, stop);
                answer.EnsureSuccessStatusCode();
            }
        }
        catch (Exception failure) when (failure is LedgerUnavailableException or IOException
            or UnauthorizedAccessException or HttpRequestException
            || (failure is OperationCanceledException && !stop.IsCancellationRequested))
        {
            log.NotExported(failure);
        }
    }
}

internal static partial class AnchorExportLog
{
    [LoggerMessage(1, LogLevel.Warning, "An anchor could not be left; the next one covers it.")]
    public static partial void NotExported(this ILogger log, Exception failure);
}
