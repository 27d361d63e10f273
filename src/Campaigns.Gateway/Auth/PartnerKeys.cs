using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Campaigns.Gateway.Auth;

/// <summary>Verifies requests that a partner signed with one of the configured keys.</summary>
internal sealed class PartnerKeys
{
    private const int SmallestSecret = 32;

    private readonly AuthOptions _options;
    private readonly LimitOptions _limits;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Key> _keys;

    public PartnerKeys(AuthOptions options, LimitOptions limits, TimeProvider time)
    {
        _options = options;
        _limits = limits;
        _time = time;
        _keys = options.PartnerKeys.ToDictionary(
            pair => pair.Key, pair => Read(pair.Key, pair.Value), StringComparer.Ordinal);
    }

    public static bool IsSigned(HttpRequest request) => request.Headers.ContainsKey(PartnerSignature.KeyIdHeader);

    /// <summary>
    /// The partner; null where the signature does not hold. The body is refused as any other body is.
    /// </summary>
    public async ValueTask<Authentication> VerifyAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (!_keys.TryGetValue(Single(headers, PartnerSignature.KeyIdHeader), out var key)
            || !TryTimestamp(Single(headers, PartnerSignature.TimestampHeader), out var timestamp)
            || Math.Abs((_time.GetUtcNow() - timestamp).TotalSeconds) > _options.SignatureWindow.TotalSeconds)
        {
            return Authentication.None;
        }

        var body = await RawBody.ReadOnceAsync(http, _limits.PartnerBody, _limits, _time);
        if (body.Refusal is not null)
        {
            return new Authentication(null, body.Refusal);
        }

        var expected = Encoding.ASCII.GetBytes(PartnerSignature.Of(
            key.Secret, timestamp.ToUnixTimeSeconds(), http.Request.Method, Target(http), body.Bytes));
        var given = Encoding.ASCII.GetBytes(Single(headers, PartnerSignature.SignatureHeader));
        return CryptographicOperations.FixedTimeEquals(expected, given)
            ? new Authentication(key.Partner, null)
            : Authentication.None;
    }

    private static string Target(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.StartsWith('/') || !Uri.TryCreate(target, UriKind.Absolute, out var absolute)
            ? target
            : target[target.IndexOf('/', absolute.Scheme.Length + "://".Length)..];
    }

    private static string Single(IHeaderDictionary headers, string name) =>
        headers[name] is { Count: 1 } values ? values[0] ?? "" : "";

    private static bool TryTimestamp(string text, out DateTimeOffset timestamp)
    {
        timestamp = default;
        if (text.Length > 12 || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return false;
        }

        timestamp = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static Key Read(string keyId, PartnerKeyOptions options)
    {
        var partner = options.Partner ?? keyId;
        var secret = new byte[options.Secret.Length];
        if (!Ids.IsPartner(partner)
            || !Convert.TryFromBase64String(options.Secret, secret, out var length)
            || length < SmallestSecret)
        {
            throw new InvalidOperationException(
                $"Auth.PartnerKeys[{keyId}] needs a secret of {SmallestSecret} bytes or more in base64 "
                + "and a partner's id without a slash.");
        }

        var merchants = options.Merchants.ToHashSet(StringComparer.Ordinal);
        return new Key(secret[..length], new Caller
        {
            Subject = partner,
            Audiences = Audience.Partner,
            Merchants = merchants.Contains("*") ? null : merchants,
        });
    }

    private sealed record Key(byte[] Secret, Caller Partner);
}
