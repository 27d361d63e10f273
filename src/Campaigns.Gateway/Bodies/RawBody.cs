using System.Buffers;
using System.IO.Pipelines;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Campaigns.Gateway.Bodies;

/// <summary>The bytes of a request's body, or why they are refused.</summary>
internal readonly record struct RawBody(byte[] Bytes, Problem? Refusal)
{
    private const string Json = "application/json";

    private static readonly RawBody Empty = new([], null);

    /// <summary>Reads the whole body within its bounds of size and time.</summary>
    public static async ValueTask<RawBody> ReadAsync(
        HttpContext http, int limit, LimitOptions limits, TimeProvider time)
    {
        var body = Declared(http.Request, limit) ?? await ArriveAsync(http, limit, limits, time);
        if (body.Refusal is null && body.Bytes.Length > 0 && !IsJson(http.Request))
        {
            body = new RawBody([], new Problem(ProblemKind.UnsupportedMediaType));
        }

        return body;
    }

    /// <summary>As <see cref="ReadAsync"/>; a second call gets the same bytes.</summary>
    public static async ValueTask<RawBody> ReadOnceAsync(
        HttpContext http, int limit, LimitOptions limits, TimeProvider time)
    {
        if (http.Features.Get<Kept>() is not { } kept)
        {
            kept = new Kept(await ReadAsync(http, limit, limits, time));
            http.Features.Set(kept);
        }

        return kept.Body;
    }

    /// <summary>What the headers already settle.</summary>
    private static RawBody? Declared(HttpRequest request, int limit) => request.ContentLength switch
    {
        0 => Empty,
        null when request.Headers.TransferEncoding.Count == 0 && !HttpProtocol.IsHttp2(request.Protocol) => Empty,
        > 0 when !IsJson(request) => new RawBody([], new Problem(ProblemKind.UnsupportedMediaType)),
        { } length when length > limit => TooLarge(limit),
        _ => null,
    };

    private static async ValueTask<RawBody> ArriveAsync(
        HttpContext http, int limit, LimitOptions limits, TimeProvider time)
    {
        var reader = http.Request.BodyReader;
        if (reader.TryRead(out var first))
        {
            if (Taken(reader, first, limit) is { } whole)
            {
                return whole;
            }
        }

        using var late = new CancellationTokenSource(limits.BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(either.Token);
                if (Taken(reader, read, limit) is { } whole)
                {
                    return whole;
                }
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return TooSlow();
        }
        catch (BadHttpRequestException slow) when (slow.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            return TooSlow();
        }
    }

    /// <summary>The body once it is complete or too large; else leaves in the pipe what is there.</summary>
    private static RawBody? Taken(PipeReader reader, ReadResult read, int limit)
    {
        var buffer = read.Buffer;
        if (buffer.Length > limit)
        {
            reader.AdvanceTo(buffer.End);
            return TooLarge(limit);
        }

        if (read.IsCompleted)
        {
            var bytes = buffer.ToArray();
            reader.AdvanceTo(buffer.End);
            return new RawBody(bytes, null);
        }

        reader.AdvanceTo(buffer.Start, buffer.End);
        return null;
    }

    private static RawBody TooLarge(int limit) =>
        new([], new Problem(ProblemKind.ContentTooLarge, $"The body may have {limit} bytes here."));

    private static RawBody TooSlow() => new([], new Problem(ProblemKind.RequestTimeout));

    private static bool IsJson(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return false;
        }

        var type = request.ContentType;
        return type == Json
            || (MediaTypeHeaderValue.TryParse(type, out var parsed)
                && parsed.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
                && (!parsed.Charset.HasValue || IsUtf8(HeaderUtilities.RemoveQuotes(parsed.Charset))));
    }

    private static bool IsUtf8(StringSegment charset) => charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private sealed record Kept(RawBody Body);
}
