namespace Campaigns.Gateway.Answers;

/// <summary>RFC 9457 problem details with the contract's stable code.</summary>
internal sealed record ProblemDocument
{
    /// <summary>A name for the kind of problem; the code in another form.</summary>
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What is wrong with this very request, for people.</summary>
    public string? Detail { get; init; }

    /// <summary>Stable; programs decide by it.</summary>
    public required string Code { get; init; }

    public required string TraceId { get; init; }

    /// <summary>JSON path, or name of a header or parameter, to message.</summary>
    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    /// <summary>The first result, where an operation that may happen once was asked for again.</summary>
    public object? Original { get; init; }
}
