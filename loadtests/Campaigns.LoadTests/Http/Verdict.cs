using System.Text;

namespace Campaigns.LoadTests.Http;

/// <summary>What an answer means to who asked.</summary>
internal enum Verdict
{
    None = 0,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was refused for a business reason: a true answer.</summary>
    Refused,

    /// <summary>"Ask again": 503 or 429.</summary>
    Busy,

    /// <summary>Anything else: no answer, an error, a request that the contract does not know.</summary>
    Failed,
}

/// <summary>Tells what an answer means, and its code as reports show it.</summary>
internal static class Verdicts
{
    public const string NoAnswer = "no answer";
    public const string NotSent = "not sent";
    public const string WithoutRetryAfter = "without Retry-After";
    public const string Overloaded = "503 overloaded";

    public static Verdict Of(in Reply reply) => reply.Status switch
    {
        >= 200 and < 300 => Verdict.Done,
        409 => Verdict.Refused,
        503 or 429 => Verdict.Busy,
        _ => Verdict.Failed,
    };

    /// <summary>Status and, of a problem, its stable code.</summary>
    public static string CodeOf(in Reply reply) => reply.Status switch
    {
        0 => reply.NotSent ? NotSent : NoAnswer,
        200 => "200",
        201 => "201",
        503 or 429 when !reply.HasRetryAfter => $"{reply.Status} {WithoutRetryAfter}",
        503 when ProblemCode(reply.Body) is "overloaded" => Overloaded,
        var status => $"{status} {ProblemCode(reply.Body)}".TrimEnd(),
    };

    private static string ProblemCode(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOf("\"code\":\""u8);
        if (start < 0)
        {
            return "";
        }

        body = body[(start + 8)..];
        var end = body.IndexOf((byte)'"');
        return body[..Math.Max(0, end)].SequenceEqual("overloaded"u8)
            ? "overloaded"
            : Encoding.ASCII.GetString(body[..Math.Clamp(end, 0, 64)]);
    }
}
