using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Campaigns.Gateway.Auth;

/// <summary>
/// Tokens for Development: HS256 under a key of 32 random bytes, kept in base64 in a file of mode 0600.
/// </summary>
public static class DevTokens
{
    public const string Issuer = "campaigns-dev";

    /// <summary>Bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>
    /// The key of a file; throws <see cref="InvalidDataException"/> where it is not base64 of 32 bytes.
    /// </summary>
    public static byte[] ReadKey(string file)
    {
        var key = new byte[KeyLength + 1];
        return Convert.TryFromBase64String(File.ReadAllText(file).Trim(), key, out var length) && length == KeyLength
            ? key[..KeyLength]
            : throw new InvalidDataException($"{file} does not hold {KeyLength} bytes in base64.");
    }

    /// <summary>A signed token.</summary>
    public static string Issue(byte[] key, DevToken token, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(time);
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = "campaigns:" + token.Audience,
            ["sub"] = token.Subject,
            ["exp"] = (time.GetUtcNow() + token.Lifetime).ToUnixTimeSeconds(),
        };
        if (token.Roles is { Count: > 0 } roles)
        {
            claims["roles"] = new JsonArray([.. roles.Select(role => JsonValue.Create(role))]);
        }

        if (token.Merchant is { } merchant)
        {
            claims["merchant"] = merchant;
        }

        if (token.Facts is { } facts)
        {
            claims["facts"] = facts.DeepClone();
            claims["factsVersion"] = token.FactsVersion;
        }

        var credentials = new SigningCredentials(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256);
        return new JsonWebTokenHandler().CreateToken(claims.ToJsonString(), credentials);
    }
}

/// <summary>What a token for Development shall say.</summary>
/// <param name="Audience">user, operator, merchant or partner.</param>
/// <param name="Subject">The id of the user, operator or partner: 1 to 64 printable ASCII characters.</param>
public sealed record DevToken(string Audience, string Subject)
{
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Of an operator; none: all.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    public string? Merchant { get; init; }

    /// <summary>A user's facts: texts, integers and truth values.</summary>
    public JsonObject? Facts { get; init; }

    public long FactsVersion { get; init; }
}
