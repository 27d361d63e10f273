using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Campaigns.Bench.Generator;

/// <summary>Users' tokens as the contract describes them: HS256 under the key of a data folder.</summary>
internal sealed class TokenMint(byte[] key)
{
    public const string Fact = "card-bound";

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
    private const string Facts = $$"""
        "facts":{"{{Fact}}":true},"factsVersion":1
        """;

    private readonly long _expires = DateTimeOffset.UtcNow.AddHours(12).ToUnixTimeSeconds();

    public static TokenMint FromFile(string file) => new(Convert.FromBase64String(File.ReadAllText(file).Trim()));

    public string User(string id) => Sign(string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"iss":"campaigns-dev","aud":"campaigns:user","sub":"{{id}}","exp":{{_expires}},{{Facts}}}
        """));

    public string Operator(string id) => Sign(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"iss":"campaigns-dev","aud":"campaigns:operator","sub":"{{id}}","exp":{{_expires}}}"""));

    private string Sign(string claims)
    {
        var text = Header + "." + Base64Url.EncodeToString(Encoding.ASCII.GetBytes(claims));
        return text + "." + Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)));
    }
}
