using System.Collections.Immutable;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using Campaigns.Ledger;
using NodaTime;

namespace Campaigns.Host.Verifying;

/// <summary>
/// What the journal holds of a red-packet activity: its terms, what was committed to, and every draw.
/// </summary>
/// <param name="Commitments">Round id to the 64 hexadecimal digits that the approval committed to.</param>
/// <param name="Shards">The entries of each shard's stream in order.</param>
internal sealed record FinishedPool(
    string CampaignId,
    RedPacketActivity Activity,
    ImmutableSortedDictionary<string, string> Commitments,
    ImmutableArray<IReadOnlyList<Entry>> Shards)
{
    /// <summary>Shards that may still pay out or give back to the budget.</summary>
    public IEnumerable<int> OpenShards => Enumerable.Range(0, Shards.Length)
        .Where(shard => !Shards[shard].Any(entry => entry.Kind == EntryKind.PacketPoolClosed));

    /// <summary>
    /// Reads it in one snapshot; throws <see cref="HostException"/> where there is no such approved pool.
    /// </summary>
    public static async Task<FinishedPool> ReadAsync(
        IJournalView journal, string campaignId, string activityId, CancellationToken stop)
    {
        var life = await LifeAsync(journal, campaignId, stop);
        if (life is not { ApprovedBy: not null, Campaign: { } campaign })
        {
            throw new HostException($"no version of a campaign {campaignId} was approved.");
        }

        if (campaign.FindActivity(activityId) is not RedPacketActivity pool)
        {
            throw new HostException($"{campaignId} has no red-packet activity {activityId}.");
        }

        var shards = ImmutableArray.CreateBuilder<IReadOnlyList<Entry>>();
        for (var shard = 0; shard < pool.Shards; shard++)
        {
            var stream = StreamId.Of(StreamNames.Pool(campaignId, activityId, shard));
            shards.Add(await journal.ReadAsync(stream, 1, int.MaxValue, stop));
        }

        var commitments = life.Seeds.Where(seed => seed.ActivityId == activityId).ToImmutableSortedDictionary(
            seed => seed.Round.Length == 0 ? RedPacketActivity.OnlyRound : seed.Round,
            seed => Convert.ToHexStringLower(seed.Commitment.AsSpan()));
        return new FinishedPool(campaignId, pool, commitments, shards.ToImmutable());
    }

    /// <summary>With the document in force, and the seeds of all approvals: each covers what it added.</summary>
    private static async Task<CampaignState> LifeAsync(
        IJournalView journal, string campaignId, CancellationToken stop)
    {
        var stream = StreamId.Of(StreamNames.Campaign(campaignId));
        var life = new CampaignState();
        foreach (var entry in await journal.ReadAsync(stream, 1, int.MaxValue, stop))
        {
            if (entry.Kind is EntryKind.CampaignRevised
                or (>= EntryKind.CampaignDrafted and <= EntryKind.CampaignArchived))
            {
                Apply(life, entry);
            }
        }

        return life;
    }

    private static void Apply(CampaignState life, Entry entry)
    {
        try
        {
            var payload = new PayloadReader(entry.Payload.Span);
            life.Apply(CampaignEvent.Read(entry.Kind, ref payload), Instant.FromUnixTimeMilliseconds(entry.At));
        }
        catch (FormatException unreadable)
        {
            throw new HostException(
                $"entry {entry.Version} of the campaign is unreadable: {unreadable.Message}", HostException.Different);
        }
    }
}
