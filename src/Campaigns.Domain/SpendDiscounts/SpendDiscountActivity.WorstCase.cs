using System.Collections.Immutable;

namespace Campaigns.Domain.SpendDiscounts;

public sealed partial record SpendDiscountActivity
{
    public override ImmutableSortedDictionary<string, long?> WorstCase() => ImmutableSortedDictionary<string, long?>.Empty;
}
