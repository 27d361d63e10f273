using System.Collections.Immutable;
using Campaigns.Domain.Payloads;

namespace Campaigns.Domain.Conditions;

/// <summary>
/// A partner set what it knows of a user. The whole of it replaces what the partner set before; facts that came from
/// events and tokens are other sources and stay.
/// </summary>
public sealed record FactsSet(
    ulong BodyHash, long Version, ImmutableSortedSet<string> Tags, ImmutableSortedDictionary<string, FactValue> Facts)
{
    /// <summary>What is known from this event alone.</summary>
    public Facts ToFacts() => Conditions.Facts.Of(Version, Facts, Tags);

    /// <summary>
    /// The event to commit, or null where the stored version is as high already: a lower one changes nothing.
    /// </summary>
    public static FactsSet? Decide(Facts stored, FactsSet requested) =>
        !stored.KnowsTags || requested.Version > stored.TagsVersion ? requested : null;

    public void Write(PayloadWriter payload)
    {
        payload.Fixed64(BodyHash).Signed(Version).Unsigned((ulong)Tags.Count);
        foreach (var tag in Tags)
        {
            payload.Text(tag);
        }

        payload.Unsigned((ulong)Facts.Count);
        foreach (var (name, value) in Facts)
        {
            payload.Text(name);
            Write(payload, value);
        }
    }

    public static FactsSet Read(ref PayloadReader payload)
    {
        var bodyHash = payload.Fixed64();
        var version = payload.Signed();
        var tags = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        for (var left = payload.Unsigned(); left > 0; left--)
        {
            tags.Add(payload.Text());
        }

        var facts = ImmutableSortedDictionary.CreateBuilder<string, FactValue>(StringComparer.Ordinal);
        for (var left = payload.Unsigned(); left > 0; left--)
        {
            var name = payload.Text();
            facts[name] = ReadValue(ref payload);
        }

        return new FactsSet(bodyHash, version, tags.ToImmutable(), facts.ToImmutable());
    }

    private static void Write(PayloadWriter payload, FactValue value)
    {
        payload.Unsigned((ulong)value.Kind);
        if (value.Kind == FactKind.Text)
        {
            payload.Text(value.Text!);
        }
        else
        {
            payload.Signed(value.Number);
        }
    }

    private static FactValue ReadValue(ref PayloadReader payload) => (FactKind)payload.Unsigned() switch
    {
        FactKind.Text => FactValue.Of(payload.Text()),
        FactKind.Number => FactValue.Of(payload.Signed()),
        FactKind.Truth => FactValue.Of(payload.Signed() == 1),
        var kind => throw new FormatException($"The journal holds a fact of the unknown kind {(int)kind}."),
    };
}
