using Microsoft.IdentityModel.Tokens;

namespace Campaigns.Gateway.Auth;

/// <summary>The keys that may have signed a token, read again when the file of the key set changes.</summary>
internal sealed class SigningKeys
{
    private static readonly string[] Symmetric = [SecurityAlgorithms.HmacSha256];

    private static readonly string[] Asymmetric =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private const int SmallestRsaKey = 2048;

    private readonly AuthOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private volatile KeyGeneration _current;
    private DateTime _written;
    private long _looked;

    public SigningKeys(AuthOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _looked = time.GetTimestamp();
        _written = options.JwksFile is { } file ? File.GetLastWriteTimeUtc(file) : default;
        _current = new KeyGeneration(Parameters(Keys()), 0);
    }

    public KeyGeneration Current
    {
        get
        {
            LookAgain();
            return _current;
        }
    }

    private void LookAgain()
    {
        if (_options.Development
            || _options.JwksFile is not { } file
            || _time.GetElapsedTime(_looked) < _options.JwksInterval)
        {
            return;
        }

        lock (_gate)
        {
            _looked = _time.GetTimestamp();
            var written = File.GetLastWriteTimeUtc(file);
            if (written == _written)
            {
                return;
            }

            try
            {
                _current = new KeyGeneration(Parameters(Keys()), _current.Number + 1);
                _written = written;
            }
            catch (Exception unreadable)
                when (unreadable is IOException or ArgumentException or InvalidOperationException)
            {
                // Half-written: the keys in force stay until the next look.
            }
        }
    }

    private SecurityKey[] Keys()
    {
        if (_options.Development)
        {
            return _options.DevelopmentKey is { Length: DevTokens.KeyLength } key
                ? [new SymmetricSecurityKey(key)]
                : throw new InvalidOperationException($"Auth.DevelopmentKey must have {DevTokens.KeyLength} bytes.");
        }

        var json = _options.Jwks ?? (_options.JwksFile is { } file ? File.ReadAllText(file) : null)
            ?? throw new InvalidOperationException("Outside of Development, Auth.JwksFile or Auth.Jwks is needed.");
        var keys = new JsonWebKeySet(json).GetSigningKeys().Where(IsAsymmetric).ToArray();
        return keys.Length > 0
            ? keys
            : throw new InvalidOperationException("The key set holds no RSA key of 2048 bits or more and no EC key.");
    }

    private static bool IsAsymmetric(SecurityKey key) => key switch
    {
        JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.RSA } rsa => rsa.KeySize >= SmallestRsaKey,
        JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve } => true,
        RsaSecurityKey rsa => rsa.KeySize >= SmallestRsaKey,
        ECDsaSecurityKey => true,
        _ => false,
    };

    /// <summary>Only the signature is left to the library; the claims are read strictly, with our clock.</summary>
    private TokenValidationParameters Parameters(SecurityKey[] keys) => new()
    {
        IssuerSigningKeys = keys,
        ValidAlgorithms = _options.Development ? Symmetric : Asymmetric,
        RequireSignedTokens = true,
        TryAllIssuerSigningKeys = true,
        ValidateIssuer = false,
        ValidateAudience = false,
        ValidateLifetime = false,
        RequireExpirationTime = false,
        RequireAudience = false,
    };
}

/// <param name="Number">Grows when the keys are exchanged; what was validated under an older one counts no
/// longer.</param>
internal sealed record KeyGeneration(TokenValidationParameters Parameters, int Number);
