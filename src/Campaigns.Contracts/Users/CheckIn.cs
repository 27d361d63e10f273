namespace Campaigns.Contracts;

/// <param name="Date">The business day that the client believes in, ISO 8601; null: today.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.CheckInCommand)]
public sealed record CheckInCommand(
    [property: Id(0)] string CampaignId,
    [property: Id(1)] string ActivityId,
    [property: Id(2)] string? Date,
    [property: Id(3)] Operation Operation,
    [property: Id(4)] FactSet Facts);

/// <param name="Result">The check-in on Done, the day's first one on AlreadyCheckedIn.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.CheckInReply)]
public sealed record CheckInReply(
    [property: Id(0)] Outcome Outcome,
    [property: Id(1)] CheckInResult? Result = null,
    [property: Id(2)] bool Replayed = false,
    [property: Id(3)] string? Detail = null);

/// <param name="Date">Business day, ISO 8601.</param>
/// <param name="Streak">Days in a row, this one included.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.CheckInResult)]
public sealed record CheckInResult(
    [property: Id(0)] string Date, [property: Id(1)] int Streak, [property: Id(2)] Reward[] Rewards);
