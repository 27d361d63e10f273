using System.Collections.Immutable;

namespace Campaigns.Domain.Conditions;

/// <summary>A fact's value and the version that it came with.</summary>
public readonly record struct VersionedFact(FactValue Value, long Version);

/// <summary>
/// What is known of a user from one source (the token, <c>PUT facts</c>, events) or from several merged ones.
/// Immutable.
/// </summary>
public sealed class Facts
{
    private const long NoTags = long.MinValue;

    // Made anew for each draw from what its token carries: a few facts in two arrays.
    private Facts(SortedList<string, VersionedFact> values, ImmutableSortedSet<string> tags, long tagsVersion)
    {
        Values = values;
        Tags = tags;
        TagsVersion = tagsVersion;
    }

    public static Facts Empty { get; } = new(
        new SortedList<string, VersionedFact>(StringComparer.Ordinal),
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal),
        NoTags);

    /// <summary>In the order of their names.</summary>
    public IReadOnlyDictionary<string, VersionedFact> Values { get; }

    public ImmutableSortedSet<string> Tags { get; }

    /// <summary>The version that the tags came with; least of all where the source knows no tags.</summary>
    public long TagsVersion { get; }

    /// <summary>The source tells tags, though perhaps none.</summary>
    public bool KnowsTags => TagsVersion != NoTags;

    /// <summary>The highest version of any fact or tag; 0 where nothing is known.</summary>
    public long Version
    {
        get
        {
            var version = KnowsTags ? TagsVersion : 0;
            foreach (var fact in Values.Values)
            {
                version = Math.Max(version, fact.Version);
            }

            return version;
        }
    }

    /// <summary>
    /// Facts of one source; <paramref name="tags"/> null where the source knows no tags, as a token does not.
    /// </summary>
    public static Facts Of(
        long version, IEnumerable<KeyValuePair<string, FactValue>> facts, IEnumerable<string>? tags = null)
    {
        var values = new SortedList<string, VersionedFact>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            values[name] = new VersionedFact(value, version);
        }

        return new Facts(
            values,
            tags is null ? Empty.Tags : tags.ToImmutableSortedSet(StringComparer.Ordinal),
            tags is null ? NoTags : version);
    }

    /// <summary>
    /// Both together: for one fact, and for the tags as a whole, the higher version wins, and of equal versions this
    /// one's. A source that does not have a fact does not take it away from the other.
    /// </summary>
    public Facts Merge(Facts other)
    {
        var values = new SortedList<string, VersionedFact>(StringComparer.Ordinal);
        foreach (var (name, fact) in Values)
        {
            values.Add(name, fact);
        }

        foreach (var (name, fact) in other.Values)
        {
            if (!values.TryGetValue(name, out var mine) || fact.Version > mine.Version)
            {
                values[name] = fact;
            }
        }

        return other.TagsVersion > TagsVersion
            ? new Facts(values, other.Tags, other.TagsVersion)
            : new Facts(values, Tags, TagsVersion);
    }
}
