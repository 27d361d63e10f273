using System.Collections.Immutable;

namespace Campaigns.Domain.CheckIns;

public sealed partial record CheckInActivity
{
    public override ImmutableSortedDictionary<string, long?> WorstCase() => ImmutableSortedDictionary<string, long?>.Empty;
}
