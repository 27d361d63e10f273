using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>Makes tokens by code of its own; key and clock are those of the gateway under test.</summary>
public sealed class TestTokens(byte[] key, TimeProvider time)
{
    public const string Hs256 = """{"alg":"HS256","typ":"JWT"}""";

    public long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public string User(string id = "u-1") => Sign(Claims("user", id));

    public string Operator(string id = "olga", params string[] roles)
    {
        var claims = Claims("operator", id);
        if (roles.Length > 0)
        {
            claims["roles"] = new JsonArray([.. roles.Select(role => JsonValue.Create(role))]);
        }

        return Sign(claims);
    }

    public string Partner(string id = "shop") => Sign(Claims("partner", id));

    public JsonObject Claims(string audience, string id) => new()
    {
        ["iss"] = "campaigns-dev",
        ["aud"] = "campaigns:" + audience,
        ["sub"] = id,
        ["exp"] = Now + 3600,
    };

    /// <summary>A user's token with one claim changed; null takes it away.</summary>
    public string With(string claim, JsonNode? value)
    {
        var claims = Claims("user", "u-1");
        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = value;
        }

        return Sign(claims);
    }

    public string Sign(JsonNode claims, string header = Hs256) => Sign(claims.ToJsonString(), header);

    public string Sign(string payload, string header = Hs256)
    {
        var text = Encode(header) + "." + Encode(payload);
        return text + "." + Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)));
    }

    public static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    /// <summary>The three headers of a signed request.</summary>
    public static IEnumerable<(string Name, string Value)> Signature(
        string keyId, byte[] secret, long timestamp, string method, string target, byte[] body)
    {
        var stamp = timestamp.ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{stamp}\n{method}\n{target}\n"), .. body];
        yield return ("X-Campaigns-Key-Id", keyId);
        yield return ("X-Campaigns-Timestamp", stamp);
        yield return ("X-Campaigns-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed)));
    }

    /// <summary>Duplicate members, which <see cref="JsonObject"/> cannot hold.</summary>
    public string Twice(string claim, string value) =>
        Sign(Claims("user", "u-1").ToJsonString()[..^1] + $",\"{claim}\":{JsonSerializer.Serialize(value)}}}");
}
