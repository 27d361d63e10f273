namespace Campaigns.Host.Settings;

/// <summary>
/// Section <c>Campaigns:Anchors</c>: where a running host leaves the heads of its seals, so that an audit can tell
/// later what was cut off before. Nothing by default.
/// </summary>
internal sealed class AnchorSettings
{
    /// <summary>Between anchors: what is cut off after the last one nobody can see.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A file that each anchor replaces, where the database's administrators cannot write.</summary>
    public string? File { get; set; }

    /// <summary>An address to which each anchor is posted as JSON.</summary>
    public Uri? Url { get; set; }

    public bool Any => File is not null || Url is not null;
}
