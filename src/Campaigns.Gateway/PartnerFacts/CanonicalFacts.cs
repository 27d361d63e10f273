using Campaigns.Contracts;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;

namespace Campaigns.Gateway.PartnerFacts;

/// <summary>A facts body in the one form that equal bodies share: tags and facts sorted, tags once.</summary>
internal sealed record CanonicalFacts(long Version, string[] Tags, CanonicalFact[] Facts)
{
    private const int MaxTags = 100;
    private const int MaxFacts = 100;
    private const int MaxText = 256;

    public static CanonicalFacts Of(FactsBody body, Faults faults)
    {
        var version = faults.Integer(body.Version, "$.version", 1, long.MaxValue);
        var tags = body.Tags ?? [];
        if (tags.Length > MaxTags)
        {
            faults.Add("$.tags", $"must have at most {MaxTags} items");
        }

        for (var i = 0; i < tags.Length; i++)
        {
            if (!Ids.IsTag(tags[i]))
            {
                faults.Add($"$.tags[{i}]", "must be 1 to 64 printable ASCII characters without a space");
            }
        }

        return new CanonicalFacts(
            version, [.. tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], FactsOf(body, faults));
    }

    public FactsCommand ToCommand() => new(
        new FactSet(Array.ConvertAll(Facts, fact => new Fact(fact.Name, fact.Kind, fact.Text, fact.Number)), Version),
        Tags,
        Hashes.Body(this, GatewayJson.Strict.CanonicalFacts));

    private static CanonicalFact[] FactsOf(FactsBody body, Faults faults)
    {
        var given = body.Facts ?? [];
        if (given.Count > MaxFacts)
        {
            faults.Add("$.facts", $"must have at most {MaxFacts} members");
        }

        var facts = new List<CanonicalFact>(given.Count);
        foreach (var (name, value) in given.OrderBy(fact => fact.Key, StringComparer.Ordinal))
        {
            if (FactJson.Read(name, value, MaxText) is { } fact)
            {
                facts.Add(new CanonicalFact(fact.Name, fact.Kind, fact.Text, fact.Number));
            }
            else
            {
                faults.Add(
                    Ids.IsFactName(name) ? $"$.facts.{name}" : "$.facts",
                    "a fact is named by a letter or digit and up to 63 of letters, digits, '.', '_' and '-', and is "
                    + $"a text of at most {MaxText} characters, an integer of 64 bits or a truth value");
            }
        }

        return [.. facts];
    }
}

internal sealed record CanonicalFact(string Name, FactKind Kind, string? Text, long Number);
