namespace Campaigns.Contracts;

/// <summary>An approved campaign as silos cache it.</summary>
/// <param name="Version">Version of the campaign's stream.</param>
/// <param name="DocumentVersion">Version of the document; receipts name it.</param>
/// <param name="EndedAt">When an operator ended it before its time.</param>
/// <param name="PoolsSettled">Its pools have nothing left that anybody would have to ask for.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.CampaignDefinition)]
public sealed record CampaignDefinition(
    [property: Id(0)] string CampaignId,
    [property: Id(1)] long Version,
    [property: Id(2)] long DocumentVersion,
    [property: Id(3)] Lifecycle Lifecycle,
    [property: Id(4)] byte[] Document,
    [property: Id(5)] SealedSeed[] Seeds,
    [property: Id(6)] DateTimeOffset? EndedAt,
    [property: Id(7)] bool PoolsSettled = false);

/// <summary>A seed, encrypted under a key outside the database, and its published commitment (32 bytes).</summary>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.SealedSeed)]
public sealed record SealedSeed(
    [property: Id(0)] string ActivityId,
    [property: Id(1)] string RoundId,
    [property: Id(2)] byte[] Cipher,
    [property: Id(3)] byte[] Commitment);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.AuditReply)]
public sealed record AuditReply(
    [property: Id(0)] Outcome Outcome, [property: Id(1)] bool Balanced, [property: Id(2)] AccountBalance[] Accounts);

/// <summary>
/// An account of limited value: funded = remaining + held + issued + refunded, minor units or pieces.
/// </summary>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.AccountBalance)]
public sealed record AccountBalance(
    [property: Id(0)] string Account,
    [property: Id(1)] string Unit,
    [property: Id(2)] long Funded,
    [property: Id(3)] long Remaining,
    [property: Id(4)] long Held,
    [property: Id(5)] long Issued,
    [property: Id(6)] long Refunded)
{
    public bool Balanced => Funded == Remaining + Held + Issued + Refunded && Remaining >= 0 && Held >= 0;
}
