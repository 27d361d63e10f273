using System.Text.Json.Serialization;
using Campaigns.Contracts;

namespace Campaigns.Gateway.CampaignViews;

/// <summary>What everybody may know of a campaign.</summary>
internal sealed record CampaignView
{
    public required string Id { get; init; }

    /// <summary>Language to text.</summary>
    public required Dictionary<string, string> Name { get; init; }

    /// <summary>approved, warm-up, live, paused, ended, settled or archived.</summary>
    public required string Phase { get; init; }

    /// <summary>For countdowns: the clock that decides.</summary>
    public required DateTimeOffset ServerTime { get; init; }

    public required string Currency { get; init; }

    /// <summary>IANA; business days follow it.</summary>
    public required string TimeZone { get; init; }

    public required DateTimeOffset WarmUpAt { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public required ActivityView[] Activities { get; init; }

    public static CampaignView Of(CampaignSummary campaign, DateTimeOffset now)
    {
        var phase = campaign.PhaseAt(now);
        return new CampaignView
        {
            Id = campaign.CampaignId,
            Name = Texts(campaign.Name),
            Phase = phase,
            ServerTime = now,
            Currency = campaign.Currency,
            TimeZone = campaign.TimeZone,
            WarmUpAt = campaign.WarmUp,
            StartsAt = campaign.Start,
            EndsAt = campaign.End,
            Activities = Array.ConvertAll(campaign.Activities, activity => ActivityView.Of(activity, now, phase)),
        };
    }

    public static Dictionary<string, string> Texts(LocalizedText[] texts) =>
        texts.ToDictionary(text => text.Language, text => text.Text, StringComparer.Ordinal);
}

internal sealed record ActivityView
{
    public required string Id { get; init; }

    /// <summary>The document's type, for example red-packet.</summary>
    public required string Type { get; init; }

    public required Dictionary<string, string> Name { get; init; }

    public required string Phase { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Empty for types without rounds.</summary>
    public required RoundView[] Rounds { get; init; }

    /// <summary>Of the only round, where there is just one.</summary>
    public string? SeedHash { get; init; }

    /// <summary>Of the only round, after the end.</summary>
    public string? Seed { get; init; }

    /// <summary>The prizes of a lottery.</summary>
    public OddsView[]? Odds { get; init; }

    public static ActivityView Of(ActivitySummary activity, DateTimeOffset now, string campaignPhase)
    {
        var only = activity.Rounds is [var single] ? single : null;
        return new ActivityView
        {
            Id = activity.Id,
            Type = activity.Type,
            Name = CampaignView.Texts(activity.Name),
            Phase = activity.PhaseAt(now, campaignPhase),
            StartsAt = activity.From,
            EndsAt = activity.Until,
            Rounds = Array.ConvertAll(activity.Rounds, RoundView.Of),
            SeedHash = only?.SeedHash,
            Seed = only?.Seed,
            Odds = activity.Odds is { Length: > 0 } odds ? Array.ConvertAll(odds, OddsView.Of) : null,
        };
    }
}

/// <summary>A prize is drawn <paramref name="Weight"/> times in <paramref name="Total"/>.</summary>
/// <param name="BySegment">The same for users of a segment; absent where there are none.</param>
internal sealed record OddsView(string Prize, long Weight, long Total, Dictionary<string, ShareView>? BySegment)
{
    public static OddsView Of(PrizeOdds odds) => new(
        odds.Prize,
        odds.Weight,
        odds.Of,
        odds.Segments.Length == 0
            ? null
            : odds.Segments.ToDictionary(
                segment => segment.Segment, segment => new ShareView(segment.Weight, segment.Of),
                StringComparer.Ordinal));
}

internal sealed record ShareView(long Weight, long Total);

/// <param name="Count">Packets of the round.</param>
/// <param name="SeedHash">Commitment to amounts and order, published before the round opens; 64 hex digits.</param>
/// <param name="Seed">Revealed after the end; 64 hex digits.</param>
internal sealed record RoundView(
    string Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Count, string? SeedHash, string? Seed)
{
    public static RoundView Of(RoundSummary round) =>
        new(round.RoundId, round.From, round.Until, round.Count, round.SeedHash, round.Seed);
}

/// <param name="Next">The cursor of the next page; null on the last one.</param>
internal sealed record CampaignListView(
    CampaignView[] Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);
