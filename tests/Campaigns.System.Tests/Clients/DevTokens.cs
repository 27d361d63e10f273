using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Campaigns.System.Tests.Clients;

/// <summary>
/// Makes development tokens as the contract describes them, by code of its own: HS256 under the key in the data folder.
/// </summary>
internal sealed class DevTokens(string dataFolder)
{
    private static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);
    private readonly byte[] _key =
        Convert.FromBase64String(File.ReadAllText(Path.Combine(dataFolder, "dev-signing-key")).Trim());

    public string User(string id, object? facts = null) => facts is null
        ? Sign(new { iss = "campaigns-dev", aud = "campaigns:user", sub = id, exp = Expiry })
        : Sign(new { iss = "campaigns-dev", aud = "campaigns:user", sub = id, exp = Expiry, facts, factsVersion = 1 });

    public string Operator(string id) => Sign(new
    {
        iss = "campaigns-dev",
        aud = "campaigns:operator",
        sub = id,
        exp = Expiry,
        roles = (string[])["planner", "approver", "finance", "support", "auditor"],
    });

    public string Partner(string id) =>
        Sign(new { iss = "campaigns-dev", aud = "campaigns:partner", sub = id, exp = Expiry });

    private static long Expiry => DateTimeOffset.UtcNow.AddHours(8).ToUnixTimeSeconds();

    private string Sign(object claims)
    {
        var text = Header + "." + Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
        return text + "." + Encode(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text)));
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
