using Campaigns.Contracts;
using Campaigns.Domain.Lifecycle;
using NodaTime;

namespace Campaigns.Grains.Campaigns;

/// <summary>A campaign's standing between the domain and the wire.</summary>
internal static class LifecycleWire
{
    public static Standing StandingOf(CampaignDefinition definition) => new(
        definition.Lifecycle switch
        {
            Contracts.Lifecycle.Draft => Stage.Draft,
            Contracts.Lifecycle.InReview => Stage.InReview,
            Contracts.Lifecycle.Settled => Stage.Settled,
            Contracts.Lifecycle.Archived => Stage.Archived,
            _ => Stage.Approved,
        },
        definition.Lifecycle == Contracts.Lifecycle.Paused,
        definition.EndedAt is { } ended ? Instant.FromDateTimeOffset(ended) : null);

    public static Contracts.Lifecycle Write(Standing standing) => standing switch
    {
        { Stage: Stage.Draft } => Contracts.Lifecycle.Draft,
        { Stage: Stage.InReview } => Contracts.Lifecycle.InReview,
        { Stage: Stage.Settled } => Contracts.Lifecycle.Settled,
        { Stage: Stage.Archived } => Contracts.Lifecycle.Archived,
        { EndedAt: not null } => Contracts.Lifecycle.Ended,
        { Paused: true } => Contracts.Lifecycle.Paused,
        { Stage: Stage.Approved } => Contracts.Lifecycle.Approved,
        _ => throw new InvalidOperationException($"A campaign cannot stand at {standing}."),
    };
}
