using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.Answers;

/// <summary>The usual successes.</summary>
internal static class JsonAnswer
{
    public static Answer Ok<T>(T value, JsonTypeInfo<T> type) =>
        new JsonAnswer<T>(StatusCodes.Status200OK, value, type);

    public static Answer Created<T>(T value, JsonTypeInfo<T> type, bool replayed) =>
        new JsonAnswer<T>(StatusCodes.Status201Created, value, type) { Replayed = replayed };
}

/// <summary>A success with a JSON body; equal values give equal bytes.</summary>
internal sealed class JsonAnswer<T>(int status, T value, JsonTypeInfo<T> type) : Answer
{
    private const string JsonType = "application/json; charset=utf-8";

    /// <summary>True where the operation took effect earlier and this is its first answer again.</summary>
    public bool Replayed { get; init; }

    public string? ETag { get; init; }

    public string? Location { get; init; }

    public override void Write(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (Replayed)
        {
            response.Headers["Idempotency-Replayed"] = "true";
        }

        if (ETag is not null)
        {
            response.Headers.ETag = ETag;
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        JsonOutput.Write(response, value, type, JsonType);
    }
}
