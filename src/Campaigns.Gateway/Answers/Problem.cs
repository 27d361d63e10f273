using System.Diagnostics;
using Campaigns.Contracts;
using Campaigns.Gateway.Bodies;
using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.Answers;

/// <summary>A refusal, written as <c>application/problem+json</c>.</summary>
internal sealed class Problem(ProblemKind kind, string? detail = null) : Answer
{
    private const string RetryAfterSeconds = "1";

    private const string ProblemType = "application/problem+json; charset=utf-8";

    public ProblemKind Kind => kind;

    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    public object? Original { get; init; }

    public static Problem NotFound { get; } = new(ProblemKind.NotFound);

    public static Problem Of(Outcome outcome, string? detail, object? original = null)
    {
        var kind = OutcomeTable.Of(outcome) ?? throw new ArgumentException("Done is not a refusal.", nameof(outcome));
        return outcome == Outcome.Invalid
            ? InvalidAt(detail ?? kind.Title)
            : new Problem(kind, detail) { Original = original };
    }

    /// <summary>400 <c>invalid</c> with one fault.</summary>
    public static Problem Invalid(string path, string message) =>
        new(ProblemKind.Invalid, message) { Errors = Single(path, message) };

    /// <param name="fault">As grains tell it: the member's path, a space, and what it must be.</param>
    private static Problem InvalidAt(string fault) =>
        fault.StartsWith("$.", StringComparison.Ordinal) && fault.IndexOf(' ') is > 0 and var end
            ? Invalid(fault[..end], fault[(end + 1)..])
            : Invalid("$", fault);

    public override void Write(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = kind.Status;
        response.Headers.CacheControl = "no-store";
        if (kind == ProblemKind.Overloaded)
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
        }
        else if (kind == ProblemKind.Unauthenticated)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }
        else if (kind == ProblemKind.ContentTooLarge || kind == ProblemKind.RequestTimeout)
        {
            response.Headers.Connection = "close";
        }

        JsonOutput.Write(response, Document(http), GatewayJson.Strict.ProblemDocument, ProblemType);
    }

    private ProblemDocument Document(HttpContext http) => new()
    {
        Type = "urn:campaigns:problem:" + kind.Code,
        Title = kind.Title,
        Status = kind.Status,
        Detail = detail,
        Code = kind.Code,
        TraceId = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier,
        Errors = Errors,
        Original = Original,
    };

    private static Dictionary<string, string> Single(string path, string message) =>
        new(StringComparer.Ordinal) { [path] = message };
}
