namespace Campaigns.Gateway.Auth;

/// <summary>Who may call: the issuer of tokens, and the keys of partners that sign their requests.</summary>
/// <remarks>
/// A token's claim <c>facts</c> is an object; members that are no text of at most 256 characters, no integer of 64 bits
/// and no truth value, whose name is no document id, or that come after the 64th are taken as not carried, as is a
/// <c>factsVersion</c> that is no integer of 0 or more. The issuer is trusted, but a slip of it must not lock users
/// out.
/// </remarks>
public sealed class AuthOptions
{
    /// <summary>
    /// Accepts HS256 with <see cref="DevelopmentKey"/> instead of the production keys, and gives an operator's token
    /// without the claim <c>roles</c> every role. Elsewhere such a token has none.
    /// </summary>
    public bool Development { get; set; }

    /// <summary>The 32 bytes that sign tokens in Development; see <see cref="DevTokens.ReadKey"/>.</summary>
    public byte[]? DevelopmentKey { get; set; }

    /// <summary>What <c>iss</c> must be. In Development, unless given: <see cref="DevTokens.Issuer"/>.</summary>
    public string? Issuer { get; set; }

    /// <summary>
    /// Path of the issuer's JSON Web Key Set. RSA of 2048 bits and more, and EC keys count, others are ignored.
    /// </summary>
    public string? JwksFile { get; set; }

    /// <summary>The key set itself, where it does not come from a file.</summary>
    public string? Jwks { get; set; }

    /// <summary>How often a changed key set is noticed.</summary>
    public TimeSpan JwksInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Tolerance of <c>exp</c> and <c>nbf</c> for clocks that differ.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest token, characters.</summary>
    public int TokenLength { get; set; } = 8 * 1024;

    /// <summary>Validated tokens that are remembered; about 500 bytes each.</summary>
    public int TokenCache { get; set; } = 50_000;

    /// <summary>Partners' signing keys by key id.</summary>
    public Dictionary<string, PartnerKeyOptions> PartnerKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>How far a signature's timestamp may be from the clock.</summary>
    public TimeSpan SignatureWindow { get; set; } = TimeSpan.FromSeconds(300);
}

/// <summary>A key with which a partner signs requests.</summary>
public sealed class PartnerKeyOptions
{
    /// <summary>Whose key it is; orders are scoped to this id. No slash; the key's id unless given.</summary>
    public string? Partner { get; set; }

    /// <summary>Base64 of 32 bytes or more.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Merchants for which it may quote and reserve; <c>*</c> for all.</summary>
    public IList<string> Merchants { get; } = [];
}
