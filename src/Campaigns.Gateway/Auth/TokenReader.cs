using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Campaigns.Gateway.Auth;

/// <summary>Tells who a token speaks for; null where it is forged, expired, not yet valid or not of our form.</summary>
internal sealed class TokenReader(AuthOptions options, SigningKeys keys, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = options.TokenLength };
    private readonly TokenCache _cache = new(options.TokenCache);

    private readonly string _issuer = options.Issuer
        ?? (options.Development ? DevTokens.Issuer : throw new InvalidOperationException("Auth.Issuer is needed."));

    public async ValueTask<Caller?> ReadAsync(string token)
    {
        if (token.Length > options.TokenLength)
        {
            return null;
        }

        var generation = keys.Current;
        var hash = TokenCache.HashOf(token);
        var caller = _cache.Find(hash, generation.Number);
        if (caller is null)
        {
            caller = await VerifyAsync(token, generation.Parameters);
            if (caller is null)
            {
                return null;
            }

            _cache.Add(hash, caller, generation.Number);
        }

        return caller.HoldsAt(time.GetUtcNow(), options.ClockSkew) ? caller : null;
    }

    private async Task<Caller?> VerifyAsync(string token, TokenValidationParameters parameters)
    {
        // Signed tokens have three parts; five would be an encrypted one, which nobody agreed on.
        if (token.AsSpan().Count('.') != 2)
        {
            return null;
        }

        var verified = await _handler.ValidateTokenAsync(token, parameters);
        if (!verified.IsValid
            || verified.SecurityToken is not JsonWebToken signed
            || signed.TryGetHeaderValue<object>("crit", out _))
        {
            return null;
        }

        return TokenClaims.Read(Base64UrlEncoder.DecodeBytes(signed.EncodedPayload), _issuer, options.Development);
    }
}
