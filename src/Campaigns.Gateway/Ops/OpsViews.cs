using System.Text.Json;
using System.Text.Json.Serialization;
using Campaigns.Contracts;
using Campaigns.Gateway.CampaignViews;

namespace Campaigns.Gateway.Ops;

internal sealed record ActionBody
{
    /// <summary>Why; kept with the action. At most 500 characters.</summary>
    public string? Reason { get; init; }
}

/// <summary>A campaign as operators see it.</summary>
internal sealed record OpsCampaignView
{
    public required string Id { get; init; }

    /// <summary>Version of the document; the ETag, unless a revision waits.</summary>
    public required long Version { get; init; }

    /// <summary>draft, in-review, approved, paused, ended, settled or archived.</summary>
    public required string State { get; init; }

    public required string Author { get; init; }

    public string? Approver { get; init; }

    /// <summary>Findings that do not stand against approval but should be read before.</summary>
    public required WarningView[] Warnings { get; init; }

    public JsonElement? Document { get; init; }

    /// <summary>The next version, which waits for approval; the ETag is its version then.</summary>
    public RevisionView? Revision { get; init; }

    public static OpsCampaignView Of(CampaignState campaign, DocumentWarning[]? warnings, bool withDocument) => new()
    {
        Id = campaign.CampaignId,
        Version = campaign.Version,
        State = Word(campaign.Lifecycle),
        Author = campaign.Author,
        Approver = campaign.Approver,
        Warnings = Array.ConvertAll(
            warnings ?? [], warning => new WarningView(warning.Code, warning.Path, warning.Message)),
        Document = withDocument ? JsonDocument.Parse(campaign.Document).RootElement : null,
        Revision = campaign.Revision is { } next
            ? new RevisionView(
                next.Version, next.Author, withDocument ? JsonDocument.Parse(next.Document).RootElement : null)
            : null,
    };

    public static string Word(Lifecycle lifecycle) => lifecycle switch
    {
        Lifecycle.Draft => "draft",
        Lifecycle.InReview => "in-review",
        Lifecycle.Approved => "approved",
        Lifecycle.Paused => "paused",
        Lifecycle.Ended => "ended",
        Lifecycle.Settled => "settled",
        Lifecycle.Archived => "archived",
        _ => throw new ArgumentOutOfRangeException(nameof(lifecycle), lifecycle, "A campaign without a state."),
    };
}

/// <summary>
/// A changed document of an approved campaign, in review; the one in force stays so until it is approved.
/// </summary>
internal sealed record RevisionView(long Version, string Author, JsonElement? Document);

/// <param name="Path">JSON path into the document.</param>
internal sealed record WarningView(string Code, string Path, string Message);

internal sealed record OpsCampaignItemView(
    string Id,
    Dictionary<string, string> Name,
    string State,
    string Phase,
    long Version,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt)
{
    public static OpsCampaignItemView Of(CampaignSummary campaign, DateTimeOffset now) => new(
        campaign.CampaignId,
        CampaignView.Texts(campaign.Name),
        OpsCampaignView.Word(campaign.Lifecycle),
        campaign.PhaseAt(now),
        campaign.DocumentVersion,
        campaign.Start,
        campaign.End);
}

/// <param name="Next">The cursor of the next page; null on the last one.</param>
internal sealed record OpsCampaignListView(
    OpsCampaignItemView[] Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>The certificate of conservation: for each account funded = remaining + held + issued + refunded.</summary>
internal sealed record AuditView(bool Balanced, AccountView[] Accounts)
{
    public static AuditView Of(AuditReply audit) =>
        new(audit.Balanced, Array.ConvertAll(audit.Accounts, AccountView.Of));
}

/// <summary>An account of limited value, minor units or pieces.</summary>
internal sealed record AccountView(
    string Account, string Unit, long Funded, long Remaining, long Held, long Issued, long Refunded)
{
    public static AccountView Of(AccountBalance account) => new(
        account.Account,
        account.Unit,
        account.Funded,
        account.Remaining,
        account.Held,
        account.Issued,
        account.Refunded);
}
