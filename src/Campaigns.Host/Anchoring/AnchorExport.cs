using System.Net.Http.Headers;
using Campaigns.Domain.Values;
using Campaigns.Host.Auditing;
using Campaigns.Host.Settings;
using Campaigns.Ledger;
using Campaigns.Ledger.Audit;

namespace Campaigns.Host.Anchoring;

/// <summary>
/// Leaves an anchor every so often, and a last one when the committer has stopped: it is added before the committer and
/// so stops after it. A failure is logged and made good by the next anchor, which covers all earlier ones. In a cluster
/// each silo's anchor covers what all have written.
/// </summary>
internal sealed class AnchorExport(
    AnchorSettings settings,
    ILedger ledger,
    TimeProvider time,
    ILogger<AnchorExport> log) : IHostedService, IDisposable
{
    private static readonly StreamId Committers = StreamId.Of(StreamNames.Committers);
    private static readonly TimeSpan PostWithin = TimeSpan.FromSeconds(10);
    private readonly SortedDictionary<StreamId, long> _committers = [];
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

    /// <summary>All that ever wrote, other hosts' too: each credits the committers' account when it starts.</summary>
    private async Task<IReadOnlyList<StreamId>> CommittersAsync(CancellationToken stop)
    {
        foreach (var started in await ledger.CreditsAsync(Committers, _committers, stop))
        {
            _committers[started.Stream] = started.Version;
        }

        return [.. _committers.Keys];
    }

    private async Task ExportAsync(CancellationToken stop)
    {
        try
        {
            var at = time.GetUtcNow().ToUnixTimeMilliseconds();
            var json = AnchorFile.Json(new Anchor(at, await ledger.HeadsAsync(await CommittersAsync(stop), stop)));
            if (settings.File is { } file)
            {
                // Of this host alone: in a cluster several may write at one time, and each whole file is right.
                var next = $"{file}.{Guid.NewGuid():n}";
                await File.WriteAllTextAsync(next, json, stop);
                File.Move(next, file, overwrite: true);
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
