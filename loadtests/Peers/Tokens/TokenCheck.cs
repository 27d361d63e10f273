using Campaigns.Contracts;
using Campaigns.Gateway.Auth;

namespace Campaigns.Peers.Tokens;

/// <summary>
/// What the gateway does before a draw: whose token it is, and whether it carries the campaign's fact.
/// </summary>
internal sealed class TokenCheck(TokenReader tokens)
{
    private const string Scheme = "Bearer ";
    private const string Fact = "card-bound";

    /// <summary>Null where the request is not a user's.</summary>
    public async ValueTask<Caller?> UserAsync(HttpRequest request)
    {
        var authorization = request.Headers.Authorization;
        if (authorization.Count != 1
            || authorization[0] is not { } value
            || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var caller = await tokens.ReadAsync(value[Scheme.Length..].Trim());
        return caller is not null && caller.Audiences.HasFlag(Audience.User) ? caller : null;
    }

    public static bool IsEligible(Caller caller) =>
        Array.Exists(caller.Facts.Facts, fact => fact is { Name: Fact, Kind: FactKind.Truth, Number: 1 });
}
