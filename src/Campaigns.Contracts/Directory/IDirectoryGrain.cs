namespace Campaigns.Contracts;

/// <summary>
/// Writes the list of campaign changes that every cache follows; one activation, key <see
/// cref="GrainKeys.Directory"/>.
/// </summary>
[Alias(TypeAliases.DirectoryGrain)]
public interface IDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Tells all caches that the campaign has reached a version; answers once that is durable.</summary>
    [Alias("Announce")]
    Task<Outcome> Announce(string campaignId, long version);
}

/// <summary>Reads that list from the database, in each silo; key <see cref="GrainKeys.Directory"/>.</summary>
[Alias(TypeAliases.DirectoryReaderGrain)]
public interface IDirectoryReaderGrain : IGrainWithStringKey
{
    /// <summary>
    /// Campaigns that changed behind <paramref name="since"/>, as of an instant after the call arrived. An answer that
    /// took longer than a second could not be used any more.
    /// </summary>
    [Alias("Changes"), Repeatable, ResponseTimeout("00:00:01")]
    Task<DirectoryChanges> Changes(long since);
}

/// <param name="Version">The list's version; pass it to the next call.</param>
/// <param name="Campaigns">Each once, with the newest version that was announced.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.DirectoryChanges)]
public sealed record DirectoryChanges([property: Id(0)] long Version, [property: Id(1)] CampaignChange[] Campaigns);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.CampaignChange)]
public readonly record struct CampaignChange([property: Id(0)] string CampaignId, [property: Id(1)] long Version);
