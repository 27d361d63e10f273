using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.Lifecycle;

/// <summary>What an operator asks of a campaign.</summary>
/// <param name="By">The operator, as the token's <c>sub</c> has it.</param>
public abstract record CampaignCommand(string By);

/// <param name="Campaign">The parsed document; only one without faults gets here.</param>
/// <param name="Document">The bytes that were parsed.</param>
public sealed record DraftCampaign(string By, Campaign Campaign, ImmutableArray<byte> Document) : CampaignCommand(By);

/// <param name="IfMatch">The version that the author saw.</param>
public sealed record ReplaceCampaign(string By, Campaign Campaign, ImmutableArray<byte> Document, int IfMatch)
    : CampaignCommand(By);

public sealed record SubmitCampaign(string By) : CampaignCommand(By);

/// <param name="AuthorMayApprove">A host in Development without a second person.</param>
/// <param name="Seeds">New ones, one per pool round; used only if the approval is accepted.</param>
public sealed record ApproveCampaign(string By, bool AuthorMayApprove, ImmutableArray<CommittedSeed> Seeds)
    : CampaignCommand(By);

public sealed record RejectCampaign(string By, string? Reason) : CampaignCommand(By);

public sealed record PauseCampaign(string By, string? Reason) : CampaignCommand(By);

public sealed record ResumeCampaign(string By) : CampaignCommand(By);

public sealed record EndCampaign(string By, string? Reason) : CampaignCommand(By);

public sealed record SettleCampaign(string By) : CampaignCommand(By);

public sealed record ArchiveCampaign(string By) : CampaignCommand(By);
