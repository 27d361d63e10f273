using Campaigns.Gateway.Answers;
using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.Bodies;

/// <summary>The header <c>Idempotency-Key</c>: 1 to 64 printable ASCII characters. Hash 0: not given.</summary>
internal readonly record struct IdempotencyKey(ulong Hash, Problem? Refusal)
{
    public const string Header = "Idempotency-Key";

    public static IdempotencyKey Optional(HttpRequest request)
    {
        var values = request.Headers[Header];
        return values.Count switch
        {
            0 => default,
            1 when string.IsNullOrEmpty(values[0]) => default,
            1 when Ids.IsPrintable(values[0]) => new IdempotencyKey(Hashes.Key(values[0]!), null),
            1 => new IdempotencyKey(0, Problem.Invalid(Header, "must be 1 to 64 printable ASCII characters")),
            _ => new IdempotencyKey(0, Problem.Invalid(Header, "must be given once")),
        };
    }

    public static IdempotencyKey Required(HttpRequest request)
    {
        var key = Optional(request);
        return key is { Hash: 0, Refusal: null }
            ? new IdempotencyKey(0, new Problem(ProblemKind.IdempotencyKeyRequired))
            : key;
    }
}
