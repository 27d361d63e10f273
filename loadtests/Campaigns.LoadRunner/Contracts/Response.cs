namespace NBomber.Contracts;

/// <summary>What an iteration or a step has ended with.</summary>
public interface IResponse
{
    string StatusCode { get; }

    bool IsError { get; }

    long SizeBytes { get; }

    string Message { get; }

    /// <summary>Milliseconds, instead of the measured time; 0: the measured time counts.</summary>
    double CustomLatencyMs { get; }
}

/// <summary>See <c>NBomber.CSharp.Response</c>. The stand-in has no payload.</summary>
public sealed class Response<T> : IResponse
{
    public required string StatusCode { get; init; }

    public required bool IsError { get; init; }

    public long SizeBytes { get; init; }

    public string Message { get; init; } = "";

    public double CustomLatencyMs { get; init; }
}
