using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Campaigns.Gateway.Auth;

/// <summary>
/// A partner's signature: lower-case hexadecimal HMAC-SHA256 of timestamp LF METHOD LF path-with-query LF raw body.
/// </summary>
public static class PartnerSignature
{
    public const string KeyIdHeader = "X-Campaigns-Key-Id";
    public const string TimestampHeader = "X-Campaigns-Timestamp";
    public const string SignatureHeader = "X-Campaigns-Signature";

    /// <param name="timestamp">Unix seconds.</param>
    /// <param name="target">Path with query, escaped as it is sent.</param>
    public static string Of(
        ReadOnlySpan<byte> secret, long timestamp, string method, string target, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{timestamp}\n{method}\n{target}\n")));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
