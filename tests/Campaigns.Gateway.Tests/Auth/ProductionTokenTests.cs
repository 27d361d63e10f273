using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Campaigns.Gateway.Auth;
using Campaigns.Testing;

namespace Campaigns.Gateway.Tests.Auth;

public sealed class ProductionTokenTests : IDisposable
{
    private const string Issuer = "https://login.bank.example";

    private readonly ManualTime _time = new();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
        File.Delete(_file);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task AsymmetricAlgorithms_AreAccepted(string algorithm)
    {
        var caller = await Reader(Keys(Rsa(_rsa, "r1"), Ec(_ec, "e1"))).ReadAsync(Token(algorithm));

        caller.ShouldNotBeNull().Subject.ShouldBe("u-1");
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS512")]
    [InlineData("none")]
    [InlineData("RS1")]
    public async Task OtherAlgorithms_AreRefused(string algorithm) =>
        (await Reader(Keys(Rsa(_rsa, "r1"))).ReadAsync(Token(algorithm))).ShouldBeNull();

    [Theory]
    [InlineData("pem")]
    [InlineData("der")]
    [InlineData("modulus")]
    public async Task PublicKeyTakenAsSharedSecret_DoesNotOpen(string form)
    {
        var secret = form switch
        {
            "pem" => Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()),
            "der" => _rsa.ExportSubjectPublicKeyInfo(),
            _ => _rsa.ExportParameters(false).Modulus!,
        };

        var forged = Sign("HS256", "r1", Claims(), text => HMACSHA256.HashData(secret, text));

        (await Reader(Keys(Rsa(_rsa, "r1"))).ReadAsync(forged)).ShouldBeNull();
    }

    [Fact]
    public async Task SharedSecretInTheKeySet_IsIgnored()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var shared = new JsonObject { ["kty"] = "oct", ["kid"] = "s1", ["k"] = Base64Url.EncodeToString(secret) };
        var keys = Keys(Rsa(_rsa, "r1"), shared);

        var token = Sign("HS256", "s1", Claims(), text => HMACSHA256.HashData(secret, text));

        (await Reader(keys).ReadAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task KeyOfAnotherIssuer_DoesNotOpen()
    {
        using var other = RSA.Create(2048);
        (await Reader(Keys(Rsa(other, "r1"))).ReadAsync(Token("RS256"))).ShouldBeNull();
    }

    [Fact]
    public async Task OperatorWithoutRoles_HasNone()
    {
        var claims = Claims();
        claims["aud"] = "campaigns:operator";

        var caller = await Reader(Keys(Rsa(_rsa, "r1"))).ReadAsync(Sign("RS256", "r1", claims, Rs256));

        caller!.Roles.ShouldBe(OperatorRoles.None);
    }

    [Fact]
    public async Task TokenForSeveralAudiences_CountsForEach()
    {
        var claims = Claims();
        claims["aud"] = new JsonArray("campaigns:user", "campaigns:partner", "else");

        var caller = await Reader(Keys(Rsa(_rsa, "r1"))).ReadAsync(Sign("RS256", "r1", claims, Rs256));

        caller!.Audiences.ShouldBe(Audience.User | Audience.Partner);
    }

    [Fact]
    public async Task RememberedToken_EndsWhenItExpires()
    {
        var reader = Reader(Keys(Rsa(_rsa, "r1")));
        var token = Token("RS256");
        (await reader.ReadAsync(token)).ShouldNotBeNull();

        _time.Advance(TimeSpan.FromSeconds(3601));
        (await reader.ReadAsync(token)).ShouldNotBeNull("the clocks may differ by 2 s");
        _time.Advance(TimeSpan.FromSeconds(1));

        (await reader.ReadAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task NotBefore_HoldsUpToTheTolerance()
    {
        var claims = Claims();
        claims["nbf"] = Now + 10;
        var token = Sign("RS256", "r1", claims, Rs256);
        var reader = Reader(Keys(Rsa(_rsa, "r1")));

        (await reader.ReadAsync(token)).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(8));

        (await reader.ReadAsync(token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ExchangedKeyFile_IsNoticed_AndOldTokensAreForgotten()
    {
        File.WriteAllText(_file, Keys(Rsa(_rsa, "r1")));
        File.SetLastWriteTimeUtc(_file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var reader = Reader(null);
        var old = Token("RS256");
        (await reader.ReadAsync(old)).ShouldNotBeNull();
        (await reader.ReadAsync(Token("ES256"))).ShouldBeNull();

        File.WriteAllText(_file, Keys(Ec(_ec, "e1")));
        File.SetLastWriteTimeUtc(_file, new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        _time.Advance(TimeSpan.FromSeconds(30));

        (await reader.ReadAsync(old)).ShouldBeNull();
        (await reader.ReadAsync(Token("ES256"))).ShouldNotBeNull();
    }

    [Fact]
    public async Task UnreadableKeyFile_LeavesTheKeysInForce()
    {
        File.WriteAllText(_file, Keys(Rsa(_rsa, "r1")));
        File.SetLastWriteTimeUtc(_file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var reader = Reader(null);

        File.WriteAllText(_file, "{\"keys\": [");
        File.SetLastWriteTimeUtc(_file, new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        _time.Advance(TimeSpan.FromSeconds(30));

        (await reader.ReadAsync(Token("RS256"))).ShouldNotBeNull();
    }

    [Fact]
    public void WeakOrMissingKeys_AreRefusedAtStart()
    {
        using var weak = RSA.Create(1024);
        Should.Throw<InvalidOperationException>(() => Reader(Keys(Rsa(weak, "w"))));
        Should.Throw<InvalidOperationException>(() => Reader(Keys()));
        Should.Throw<InvalidOperationException>(() => new SigningKeys(new AuthOptions { Issuer = Issuer }, _time));
        Should.Throw<InvalidOperationException>(() => new SigningKeys(
            new AuthOptions { Development = true, DevelopmentKey = new byte[16] }, _time));
    }

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <param name="keys">Null: from the file.</param>
    private TokenReader Reader(string? keys)
    {
        var options = new AuthOptions { Issuer = Issuer, Jwks = keys, JwksFile = keys is null ? _file : null };
        return new TokenReader(options, new SigningKeys(options, _time), _time);
    }

    private string Token(string algorithm) => algorithm switch
    {
        "RS256" => Sign(algorithm, "r1", Claims(), Rs256),
        "RS512" => Sign(algorithm, "r1", Claims(), text =>
            _rsa.SignData(text, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
        "RS1" => Sign(algorithm, "r1", Claims(), text =>
            _rsa.SignData(text, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)),
        "PS256" => Sign(algorithm, "r1", Claims(), text =>
            _rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
        "ES256" => Sign(algorithm, "e1", Claims(), text => _ec.SignData(text, HashAlgorithmName.SHA256)),
        "none" => Sign(algorithm, "r1", Claims(), _ => []),
        _ => Sign(algorithm, "r1", Claims(), text => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), text)),
    };

    private byte[] Rs256(byte[] text) => _rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private JsonObject Claims() => new()
    {
        ["iss"] = Issuer, ["aud"] = "campaigns:user", ["sub"] = "u-1", ["exp"] = Now + 3600,
    };

    private static string Sign(string algorithm, string keyId, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["kid"] = keyId };
        var text = Encode(header.ToJsonString()) + "." + Encode(claims.ToJsonString());
        return text + "." + Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)));
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Keys(params JsonObject[] keys) =>
        new JsonObject { ["keys"] = new JsonArray([.. keys]) }.ToJsonString();

    private static JsonObject Rsa(RSA rsa, string id)
    {
        var key = rsa.ExportParameters(false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["kid"] = id,
            ["use"] = "sig",
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
        };
    }

    private static JsonObject Ec(ECDsa ec, string id)
    {
        var key = ec.ExportParameters(false);
        return new JsonObject
        {
            ["kty"] = "EC",
            ["kid"] = id,
            ["use"] = "sig",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(key.Q.X),
            ["y"] = Base64Url.EncodeToString(key.Q.Y),
        };
    }
}
