namespace Campaigns.Contracts;

/// <summary>One campaign: its document's versions, its lifecycle and its budget; key: the campaign's id.</summary>
[Alias(TypeAliases.CampaignGrain)]
public interface ICampaignGrain : IGrainWithStringKey
{
    [Alias("Create")]
    Task<CampaignReply> Create(DocumentCommand command);

    /// <summary>
    /// Replaces a draft's document, or revises an approved one: the revision waits for a second person's approval.
    /// <see cref="DocumentCommand.IfMatch"/> must name the revision's version where there is one, else the current one.
    /// </summary>
    [Alias("Replace")]
    Task<CampaignReply> Replace(DocumentCommand command);

    /// <summary>Submit, approve, reject, pause, resume or end.</summary>
    [Alias("Act")]
    Task<CampaignReply> Act(LifecycleCommand command);

    [Alias("Get"), Repeatable]
    Task<CampaignReply> Get();

    /// <summary>
    /// What gateways cache: everything that is public, and how draws are routed. An activation that has not heard of
    /// version <paramref name="atLeast"/>, which the directory tells, is not the only one: it ends, and the call is to
    /// be repeated.
    /// </summary>
    [Alias("GetSummary"), Repeatable]
    Task<CampaignSummary?> GetSummary(long atLeast);

    /// <summary>
    /// What silos cache; null while no version was approved. For <paramref name="atLeast"/> see above.
    /// </summary>
    [Alias("GetDefinition"), Repeatable]
    Task<CampaignDefinition?> GetDefinition(long atLeast);

    /// <summary>
    /// Asks every pool of a campaign that is over, touched or not, for what it has left. Done: all of it is back in the
    /// budget, and nobody needs to ask again; Held: orders still hold some; WrongState: the campaign is not over.
    /// </summary>
    [Alias("Settle")]
    Task<Outcome> Settle();

    /// <summary>The accounts of the campaign and of every shard of its pools.</summary>
    [Alias("Audit"), Repeatable]
    Task<AuditReply> Audit();
}

/// <param name="Document">The campaign document, UTF-8 JSON.</param>
/// <param name="Author">The operator's <c>sub</c>.</param>
/// <param name="IfMatch">The version that the operator saw; null on create.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.DocumentCommand)]
public sealed record DocumentCommand(
    [property: Id(0)] byte[] Document, [property: Id(1)] string Author, [property: Id(2)] long? IfMatch);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.LifecycleCommand)]
public sealed record LifecycleCommand(
    [property: Id(0)] LifecycleAction Action,
    [property: Id(1)] string Actor,
    [property: Id(2)] string? Reason);

[GenerateSerializer]
[Alias(TypeAliases.LifecycleAction)]
public enum LifecycleAction
{
    /// <summary>Never valid.</summary>
    None = 0,
    Submit,
    Approve,
    Reject,
    Pause,
    Resume,
    End,
}

[GenerateSerializer, Immutable]
[Alias(TypeAliases.CampaignReply)]
public sealed record CampaignReply(
    [property: Id(0)] Outcome Outcome,
    [property: Id(1)] CampaignState? Campaign = null,
    [property: Id(2)] DocumentFault[]? Faults = null,
    [property: Id(3)] DocumentWarning[]? Warnings = null,
    [property: Id(4)] string? Detail = null);

/// <param name="Version">Counts the document's replacements, from 1.</param>
/// <param name="Revision">What waits for approval while the approved document is in force.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.CampaignState)]
public sealed record CampaignState(
    [property: Id(0)] string CampaignId,
    [property: Id(1)] long Version,
    [property: Id(2)] Lifecycle Lifecycle,
    [property: Id(3)] string Author,
    [property: Id(4)] string? Approver,
    [property: Id(5)] byte[] Document,
    [property: Id(6)] CampaignRevision? Revision = null)
{
    /// <summary>What a replacement has to match: the ETag.</summary>
    public long VersionToMatch => Revision?.Version ?? Version;
}

/// <summary>The next version of an approved campaign's document.</summary>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.CampaignRevision)]
public sealed record CampaignRevision(
    [property: Id(0)] long Version, [property: Id(1)] string Author, [property: Id(2)] byte[] Document);

/// <summary>
/// Where the operators have brought the campaign; warm-up, live and ended by time follow from the schedule.
/// </summary>
[GenerateSerializer]
[Alias(TypeAliases.Lifecycle)]
public enum Lifecycle
{
    /// <summary>Never valid.</summary>
    None = 0,
    Draft,
    InReview,
    Approved,
    Paused,
    Ended,
    Settled,
    Archived,
}

/// <param name="Path">JSON path, for example <c>$.activities[0].total</c>.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.DocumentFault)]
public sealed record DocumentFault(
    [property: Id(0)] string Path, [property: Id(1)] string Message, [property: Id(2)] bool Malformed = false);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.DocumentWarning)]
public sealed record DocumentWarning(
    [property: Id(0)] string Code, [property: Id(1)] string Path, [property: Id(2)] string Message);
