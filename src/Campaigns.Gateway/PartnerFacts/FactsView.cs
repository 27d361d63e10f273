using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Campaigns.Gateway.PartnerFacts;

internal sealed record FactsBody
{
    /// <summary>The highest version wins; 1 or more.</summary>
    [Required, Range(typeof(long), "1", "9223372036854775807")]
    public long? Version { get; init; }

    /// <summary>All tags of the user.</summary>
    public string[]? Tags { get; init; }

    /// <summary>All facts of the user: name to text, integer or truth value.</summary>
    public Dictionary<string, JsonElement>? Facts { get; init; }
}

/// <param name="Version">The version in force now.</param>
/// <param name="Applied">False where a version at least as high was known: nothing changed.</param>
internal sealed record FactsView(long Version, bool Applied);
