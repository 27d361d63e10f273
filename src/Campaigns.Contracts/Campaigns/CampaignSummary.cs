namespace Campaigns.Contracts;

/// <summary>What a gateway knows of a campaign: all that is public, and what it needs to route draws.</summary>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.CampaignSummary)]
public sealed record CampaignSummary
{
    [Id(0)]
    public required string CampaignId { get; init; }

    /// <summary>Version of the campaign's stream; grows with every change of document or lifecycle.</summary>
    [Id(1)]
    public required long Version { get; init; }

    [Id(2)]
    public required Lifecycle Lifecycle { get; init; }

    [Id(3)]
    public required LocalizedText[] Name { get; init; }

    [Id(4)]
    public required string Currency { get; init; }

    [Id(5)]
    public required string TimeZone { get; init; }

    [Id(6)]
    public required DateTimeOffset WarmUp { get; init; }

    [Id(7)]
    public required DateTimeOffset Start { get; init; }

    [Id(8)]
    public required DateTimeOffset End { get; init; }

    [Id(9)]
    public required DateTimeOffset ClaimUntil { get; init; }

    [Id(10)]
    public required ActivitySummary[] Activities { get; init; }

    /// <summary>Version of the document, the ETag.</summary>
    [Id(11)]
    public required long DocumentVersion { get; init; }

    /// <summary>From when on some may begin before <see cref="Start"/>; null: nobody may.</summary>
    [Id(12)]
    public DateTimeOffset? EarlyFrom { get; init; }

    /// <summary>The word of the contract for where the campaign stands at <paramref name="now"/>.</summary>
    public string PhaseAt(DateTimeOffset now) => Lifecycle switch
    {
        Lifecycle.Draft => "draft",
        Lifecycle.InReview => "in-review",
        Lifecycle.Settled => "settled",
        Lifecycle.Archived => "archived",
        Lifecycle.Ended => "ended",
        _ when now >= End => "ended",
        Lifecycle.Paused => "paused",
        _ when now >= Start => "live",
        _ when now >= WarmUp => "warm-up",
        _ => "approved",
    };

    public ActivitySummary? FindActivity(string id)
    {
        foreach (var activity in Activities)
        {
            if (activity.Id == id)
            {
                return activity;
            }
        }

        return null;
    }
}

[GenerateSerializer, Immutable]
[Alias(TypeAliases.ActivitySummary)]
public sealed record ActivitySummary
{
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The document's type, for example <c>red-packet</c>.</summary>
    [Id(1)]
    public required string Type { get; init; }

    [Id(2)]
    public required LocalizedText[] Name { get; init; }

    [Id(3)]
    public required DateTimeOffset From { get; init; }

    [Id(4)]
    public required DateTimeOffset Until { get; init; }

    /// <summary>Empty for types without rounds.</summary>
    [Id(5)]
    public required RoundSummary[] Rounds { get; init; }

    /// <summary>Shards of the pool; 0 for types without one.</summary>
    [Id(6)]
    public required int Shards { get; init; }

    /// <summary>
    /// True where the pool alone can count the limits, so that a draw need not wake the user's grain.
    /// </summary>
    [Id(7)]
    public required bool Local { get; init; }

    /// <summary>
    /// Facts that its conditions look at from the start on; a token that carries them all can answer.
    /// </summary>
    [Id(8)]
    public required string[] FactsNeeded { get; init; }

    /// <summary>True where a condition looks at a tag, which tokens do not carry.</summary>
    [Id(9)]
    public required bool NeedsTags { get; init; }

    /// <summary>The prizes of a lottery; empty for other types.</summary>
    [Id(10)]
    public PrizeOdds[] Odds { get; init; } = [];

    /// <summary>The word of the contract for where the activity stands at <paramref name="now"/>.</summary>
    public string PhaseAt(DateTimeOffset now, string campaignPhase) => campaignPhase switch
    {
        "live" when now >= Until => "ended",
        "live" when now < From => "warm-up",
        _ => campaignPhase,
    };
}

/// <summary>A prize is drawn <paramref name="Weight"/> times in <paramref name="Of"/>.</summary>
/// <param name="Segments">Every segment of the activity.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.PrizeOdds)]
public sealed record PrizeOdds(
    [property: Id(0)] string Prize,
    [property: Id(1)] long Weight,
    [property: Id(2)] long Of,
    [property: Id(3)] SegmentOdds[] Segments);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.SegmentOdds)]
public sealed record SegmentOdds(
    [property: Id(0)] string Segment, [property: Id(1)] long Weight, [property: Id(2)] long Of);

/// <param name="SeedHash">Commitment to the round's amounts and their order, 64 hexadecimal digits.</param>
/// <param name="Seed">Revealed once the activity has ended, 64 hexadecimal digits.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.RoundSummary)]
public sealed record RoundSummary(
    [property: Id(0)] string RoundId,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset Until,
    [property: Id(3)] int Count,
    [property: Id(4)] string? SeedHash,
    [property: Id(5)] string? Seed);
