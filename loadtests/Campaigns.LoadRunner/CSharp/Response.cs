using NBomber.Contracts;

namespace NBomber.CSharp;

/// <summary>Makes responses.</summary>
public static class Response
{
    private static readonly Response<object> Empty = new() { StatusCode = "", IsError = false };
    private static readonly Response<object> Failed = new() { StatusCode = "", IsError = true };

    public static Response<object> Ok() => Empty;

    public static Response<object> Fail() => Failed;

    public static Response<object> Ok(
        string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) =>
        Of(statusCode, false, sizeBytes, message, customLatencyMs);

    public static Response<object> Fail(
        string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) =>
        Of(statusCode, true, sizeBytes, message, customLatencyMs);

    private static Response<object> Of(
        string statusCode, bool isError, long sizeBytes, string message, double customLatencyMs) => new()
        {
            StatusCode = statusCode ?? "",
            IsError = isError,
            SizeBytes = sizeBytes,
            Message = message ?? "",
            CustomLatencyMs = customLatencyMs,
        };
}
