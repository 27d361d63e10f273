using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Campaigns.Gateway.Hosting;

/// <summary>
/// The outermost middleware: bounds what is under way, and turns everything that is not an endpoint's own answer (no
/// route, wrong method, failed call, bug) into a problem document.
/// </summary>
internal sealed partial class Frontier(
    RequestDelegate next, LimitOptions limits, TimeProvider time, ILogger<Frontier> logger)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;
    private int _underWay;
    private int _untold;
    private long _toldAt;

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestFeature>()?.RawTarget.Length > limits.Target)
        {
            new Problem(ProblemKind.UriTooLong).Write(http);
            return;
        }

        if (Interlocked.Increment(ref _underWay) > limits.Requests && !IsProbe(http))
        {
            Interlocked.Decrement(ref _underWay);
            new Problem(ProblemKind.Overloaded).Write(http);
            return;
        }

        try
        {
            await next(http);
            Complete(http);
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            Refusal(http, failure)?.Write(http);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private static bool IsProbe(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) || http.Request.Path == "/metrics";

    /// <summary>Routing refuses with a bare status.</summary>
    private static void Complete(HttpContext http)
    {
        var response = http.Response;
        if (response.HasStarted || response.ContentLength is not null || response.ContentType is not null)
        {
            return;
        }

        var kind = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ProblemKind.NotFound,
            StatusCodes.Status405MethodNotAllowed => ProblemKind.MethodNotAllowed,
            StatusCodes.Status415UnsupportedMediaType => ProblemKind.UnsupportedMediaType,
            _ => null,
        };
        if (kind is not null)
        {
            new Problem(kind).Write(http);
        }
    }

    /// <summary>Once a second: where many fail together, writing it down would cost more than answering.</summary>
    private void TellCallFailed(Exception failure)
    {
        var failed = Interlocked.Increment(ref _untold);
        var last = Volatile.Read(ref _toldAt);
        var now = time.GetTimestamp();
        if ((last == 0 || time.GetElapsedTime(last, now) >= TellEvery)
            && Interlocked.CompareExchange(ref _toldAt, now, last) == last)
        {
            Interlocked.Add(ref _untold, -failed);
            LogCallsFailed(failed, failure);
        }
    }

    private Problem? Refusal(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case StaleCacheException or TimeoutException or OrleansException:
                TellCallFailed(failure);
                return new Problem(ProblemKind.Overloaded);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new Problem(ProblemKind.ContentTooLarge);
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                return new Problem(ProblemKind.RequestTimeout);
            case BadHttpRequestException:
                return new Problem(ProblemKind.Malformed, "The body could not be read.");
            case OperationCanceledException or IOException when http.RequestAborted.IsCancellationRequested:
                return null;
            default:
                LogBug(http.Request.Method, http.GetEndpoint()?.DisplayName, failure);
                return new Problem(ProblemKind.Internal);
        }
    }
}
