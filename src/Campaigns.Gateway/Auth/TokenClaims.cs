using System.Text.Json;
using Campaigns.Contracts;
using Campaigns.Gateway.Bodies;

namespace Campaigns.Gateway.Auth;

/// <summary>Reads the claims of a token whose signature holds.</summary>
internal static class TokenClaims
{
    private const int MaxFacts = 64;
    private const int MaxFactLength = 256;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Null where a required claim is missing or has another form than the contract says.</summary>
    public static Caller? Read(ReadOnlyMemory<byte> payload, string issuer, bool development)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, Strict);
            var claims = document.RootElement;
            return claims.ValueKind == JsonValueKind.Object ? Read(claims, issuer, development) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Caller? Read(JsonElement claims, string issuer, bool development)
    {
        var audiences = Audiences(claims);
        if (Text(claims, "iss") != issuer
            || Text(claims, "sub") is not { } subject
            || !Ids.IsPrintable(subject)
            || (audiences.HasFlag(Audience.Partner) && !Ids.IsPartner(subject))
            || Instant(claims, "exp") is not { } expires
            || (claims.TryGetProperty("nbf", out _) && Instant(claims, "nbf") is null))
        {
            return null;
        }

        return new Caller
        {
            Subject = subject,
            Audiences = audiences,
            Roles = Roles(claims, development),
            Facts = Facts(claims),
            Expires = expires,
            NotBefore = Instant(claims, "nbf") ?? 0,
        };
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String
            ? claim.GetString()
            : null;

    /// <summary>A NumericDate may have a fraction.</summary>
    private static long? Instant(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var claim) || claim.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        return claim.TryGetInt64(out var whole) ? whole
            : claim.TryGetDouble(out var part) && Math.Abs(part) < 1e15 ? (long)Math.Floor(part)
            : null;
    }

    private static Audience Audiences(JsonElement claims)
    {
        var audiences = Audience.None;
        foreach (var audience in Texts(claims, "aud"))
        {
            audiences |= audience switch
            {
                "campaigns:user" => Audience.User,
                "campaigns:operator" => Audience.Operator,
                "campaigns:merchant" => Audience.Merchant,
                "campaigns:partner" => Audience.Partner,
                _ => Audience.None,
            };
        }

        return audiences;
    }

    private static OperatorRoles Roles(JsonElement claims, bool development)
    {
        if (!claims.TryGetProperty("roles", out _))
        {
            return development ? OperatorRoles.All : OperatorRoles.None;
        }

        var roles = OperatorRoles.None;
        foreach (var role in Texts(claims, "roles"))
        {
            roles |= role switch
            {
                "planner" => OperatorRoles.Planner,
                "approver" => OperatorRoles.Approver,
                "finance" => OperatorRoles.Finance,
                "support" => OperatorRoles.Support,
                "auditor" => OperatorRoles.Auditor,
                _ => OperatorRoles.None,
            };
        }

        return roles;
    }

    /// <summary>A claim that is one text or a list of texts.</summary>
    private static IEnumerable<string?> Texts(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var claim))
        {
            return [];
        }

        return claim.ValueKind switch
        {
            JsonValueKind.String => [claim.GetString()],
            JsonValueKind.Array => claim.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.String)
                .Select(item => item.GetString()),
            _ => [],
        };
    }

    private static FactSet Facts(JsonElement claims)
    {
        if (!claims.TryGetProperty("facts", out var carried) || carried.ValueKind != JsonValueKind.Object)
        {
            return FactSet.Empty;
        }

        var version = claims.TryGetProperty("factsVersion", out var number)
            && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt64(out var whole)
            && whole >= 0
            ? whole
            : 0;
        var facts = carried.EnumerateObject()
            .Take(MaxFacts)
            .Select(member => FactJson.Read(member.Name, member.Value, MaxFactLength))
            .OfType<Fact>()
            .ToArray();
        return new FactSet(facts, version);
    }
}
