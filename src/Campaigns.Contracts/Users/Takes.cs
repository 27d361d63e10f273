namespace Campaigns.Contracts;

/// <param name="Quantity">How many pieces; 1 where the activity gives one at a time.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.TakeCommand)]
public sealed record TakeCommand(
    [property: Id(0)] string CampaignId,
    [property: Id(1)] string ActivityId,
    [property: Id(2)] int Quantity,
    [property: Id(3)] string? Password,
    [property: Id(4)] Operation Operation,
    [property: Id(5)] FactSet Facts);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.TakeReply)]
public sealed record TakeReply(
    [property: Id(0)] Outcome Outcome,
    [property: Id(1)] TakeResult? Result = null,
    [property: Id(2)] bool Replayed = false,
    [property: Id(3)] string? Detail = null);

/// <param name="Choice">The prize or offer; empty where there is one alone.</param>
/// <param name="Segment">The user's; null: in none of them.</param>
/// <param name="Ordinal">The user's how manieth take in the activity, from 1.</param>
/// <param name="Entry">Version of its entry in the user's stream.</param>
/// <param name="Chain">The entry's chain, 32 hexadecimal digits.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.TakeResult)]
public sealed record TakeResult(
    [property: Id(0)] string Choice,
    [property: Id(1)] int Quantity,
    [property: Id(2)] Reward[] Rewards,
    [property: Id(3)] string? Segment,
    [property: Id(4)] int Ordinal,
    [property: Id(5)] long FactsVersion,
    [property: Id(6)] long DefinitionVersion,
    [property: Id(7)] long Entry,
    [property: Id(8)] string Chain,
    [property: Id(9)] DateTimeOffset At);
