using Campaigns.Gateway.Answers;
using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.Auth;

/// <summary>Who calls, or why the call is refused.</summary>
internal readonly record struct Authentication(Caller? Caller, Problem? Refusal)
{
    public static Authentication None { get; } = new(null, new Problem(ProblemKind.Unauthenticated));
}

/// <summary>Authenticates a request for one audience; a token for another audience is no token at all.</summary>
internal sealed class Authenticator(TokenReader tokens, PartnerKeys partners)
{
    private const string Scheme = "Bearer ";

    public async ValueTask<Authentication> AuthenticateAsync(HttpContext http, Audience audience)
    {
        var authorization = http.Request.Headers.Authorization;
        if (authorization.Count == 0)
        {
            return audience == Audience.Partner && PartnerKeys.IsSigned(http.Request)
                ? await partners.VerifyAsync(http)
                : Authentication.None;
        }

        var value = authorization.Count == 1 ? authorization[0] : null;
        if (value is null || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Authentication.None;
        }

        var caller = await tokens.ReadAsync(value[Scheme.Length..].Trim());
        return caller is not null && (caller.Audiences & audience) != 0
            ? new Authentication(caller, null)
            : Authentication.None;
    }
}
