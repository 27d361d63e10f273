using Campaigns.Domain.Payloads;
using Campaigns.Domain.RedPackets;
using Campaigns.Ledger;
using DrawResult = Campaigns.Contracts.DrawResult;

namespace Campaigns.Grains.Pools;

/// <summary>
/// Rebuilds a draw's answer from its row; the first answer is built the same way, so both are alike to the byte.
/// </summary>
internal static class DrawResults
{
    public static DrawResult From(Entry entry, RedPacketActivity activity, string poolKey)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        var drawn = PacketDrawn.Read(ref reader);
        return new DrawResult(
            poolKey,
            entry.Version,
            entry.Amount,
            activity.Rounds[drawn.Round].Id,
            activity.Rounds[drawn.Origin].Id,
            drawn.Packet,
            drawn.Segment < 0 ? null : activity.Segments[drawn.Segment].Id,
            drawn.FactsVersion,
            drawn.DefinitionVersion,
            entry.Chain.ToString(),
            DateTimeOffset.FromUnixTimeMilliseconds(entry.At));
    }
}
