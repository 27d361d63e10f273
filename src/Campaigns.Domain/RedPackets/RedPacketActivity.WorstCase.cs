using System.Collections.Immutable;

namespace Campaigns.Domain.RedPackets;

public sealed partial record RedPacketActivity
{
    public override ImmutableSortedDictionary<string, long?> WorstCase() => ImmutableSortedDictionary<string, long?>.Empty;
}
