namespace Campaigns.Contracts;

[GenerateSerializer, Immutable]
[Alias(TypeAliases.UserReply)]
public sealed record UserReply(
    [property: Id(0)] Outcome Outcome, [property: Id(1)] Balance[] Balances, [property: Id(2)] Balance[] Debts);

/// <param name="Unit">cash, points, chance:campaign/activity ...</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.Balance)]
public sealed record Balance([property: Id(0)] string Unit, [property: Id(1)] long Amount);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.UserCampaignReply)]
public sealed record UserCampaignReply(
    [property: Id(0)] Outcome Outcome, [property: Id(1)] UserActivity[] Activities);

/// <summary>A user's state in one activity; members that the type does not have are null.</summary>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.UserActivity)]
public sealed record UserActivity
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public int? Streak { get; init; }

    [Id(2)]
    public bool? CheckedInToday { get; init; }

    /// <summary>Draws left today; null where unlimited or where the type has no draws.</summary>
    [Id(3)]
    public int? DrawsLeftToday { get; init; }

    [Id(4)]
    public int? DrawsLeftTotal { get; init; }

    [Id(5)]
    public bool HasDraws { get; init; }

    [Id(6)]
    public long? Chances { get; init; }

    /// <summary>Orders left today.</summary>
    [Id(7)]
    public int? QuotaLeft { get; init; }
}

[GenerateSerializer, Immutable]
[Alias(TypeAliases.TransferPage)]
public sealed record TransferPage(
    [property: Id(0)] Outcome Outcome, [property: Id(1)] Transfer[] Items, [property: Id(2)] string? Next);

/// <summary>One transfer from or to the user; <paramref name="Amount"/> in minor units or pieces.</summary>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.Transfer)]
public sealed record Transfer(
    [property: Id(0)] string TransferId,
    [property: Id(1)] string Unit,
    [property: Id(2)] long Amount,
    [property: Id(3)] string From,
    [property: Id(4)] string To,
    [property: Id(5)] string Reason,
    [property: Id(6)] string? Campaign,
    [property: Id(7)] string? Activity,
    [property: Id(8)] DateTimeOffset At);
