namespace Campaigns.Contracts;

[GenerateSerializer, Immutable]
[Alias(TypeAliases.UserDrawCommand)]
public sealed record UserDrawCommand(
    [property: Id(0)] string CampaignId,
    [property: Id(1)] string ActivityId,
    [property: Id(2)] string? Round,
    [property: Id(3)] Operation Operation,
    [property: Id(4)] FactSet Facts);

/// <param name="BodyHash">Of the whole request: the same version with other facts is refused.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.FactsCommand)]
public sealed record FactsCommand(
    [property: Id(0)] FactSet Facts, [property: Id(1)] string[] Tags, [property: Id(2)] ulong BodyHash);

/// <param name="Version">The version in force after the call.</param>
/// <param name="Applied">False where a version at least as high was known.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.FactsReply)]
public sealed record FactsReply(
    [property: Id(0)] Outcome Outcome, [property: Id(1)] long Version, [property: Id(2)] bool Applied);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.TransferRequest)]
public sealed record TransferRequest([property: Id(0)] string? Cursor, [property: Id(1)] int Limit);
