using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Campaigns.LoadTests.Http;

/// <summary>
/// Development tokens as the contract describes them: HS256 under the key in the data folder. Made anew for each
/// request: that is cheaper than keeping a million of them.
/// </summary>
internal sealed class TokenSigner
{
    private static readonly byte[] Header = Encoding.ASCII.GetBytes(
        Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8) + ".");

    private readonly byte[] _key;
    private readonly byte[] _end;

    public TokenSigner(byte[] key, DateTimeOffset expiry)
    {
        _key = key;
        _end = Encoding.ASCII.GetBytes($"\",\"exp\":{expiry.ToUnixTimeSeconds()}}}");
    }

    /// <summary>Longest token, bytes.</summary>
    public const int MaxLength = 400;

    /// <param name="subject">Up to 64 ASCII characters that need no escape in JSON.</param>
    /// <returns>Bytes written.</returns>
    public int Write(Audience audience, string subject, Span<byte> token)
    {
        Span<byte> claims = stackalloc byte[256];
        var start = audience switch
        {
            Audience.User => "{\"iss\":\"campaigns-dev\",\"aud\":\"campaigns:user\",\"sub\":\""u8,
            Audience.Partner => "{\"iss\":\"campaigns-dev\",\"aud\":\"campaigns:partner\",\"sub\":\""u8,
            _ => "{\"iss\":\"campaigns-dev\",\"aud\":\"campaigns:operator\",\"roles\":[\"planner\",\"approver\","u8
                + "\"finance\",\"support\",\"auditor\"],\"sub\":\""u8,
        };
        start.CopyTo(claims);
        var length = start.Length;
        length += Encoding.ASCII.GetBytes(subject, claims[length..]);
        _end.CopyTo(claims[length..]);
        length += _end.Length;

        Header.CopyTo(token);
        var signed = Header.Length;
        signed += Base64Url.EncodeToUtf8(claims[..length], token[signed..]);
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, token[..signed], signature);
        token[signed++] = (byte)'.';
        return signed + Base64Url.EncodeToUtf8(signature, token[signed..]);
    }

    public string For(Audience audience, string subject)
    {
        Span<byte> token = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(token[..Write(audience, subject, token)]);
    }
}
