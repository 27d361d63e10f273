using Campaigns.Domain.Payloads;
using Campaigns.Domain.SpendDiscounts;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>The user's discount orders, by the unit of the activity's quota.</summary>
internal sealed class DiscountPart : IUserPart
{
    private readonly SortedDictionary<string, DiscountQuota> _quotas = new(StringComparer.Ordinal);

    public IReadOnlyList<EntryKind> Own { get; } = [EntryKind.DiscountAccepted];

    public IReadOnlyList<EntryKind> Credited { get; } = [EntryKind.QuotaRestored];

    public DiscountQuota Of(string campaignId, string activityId) => Of(Units.Quota(campaignId, activityId));

    public void Apply(Entry entry)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        var accepted = DiscountAccepted.Read(ref reader);
        Of(accepted.CampaignId, accepted.ActivityId).Apply(accepted);
    }

    public void Credit(Entry entry)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        Of(entry.Unit!).Apply(QuotaRestored.Read(ref reader));
    }

    public void Write(PayloadWriter writer)
    {
        // Quotas that were only looked at are not the entries' doing.
        var written = _quotas.Where(pair => !pair.Value.IsUntouched).ToList();
        writer.Unsigned((ulong)written.Count);
        foreach (var (unit, quota) in written)
        {
            writer.Text(unit);
            quota.Write(writer);
        }
    }

    public void Restore(ref PayloadReader reader)
    {
        for (var left = reader.Unsigned(); left > 0; left--)
        {
            var unit = reader.Text();
            _quotas[unit] = DiscountQuota.Read(ref reader);
        }
    }

    private DiscountQuota Of(string unit)
    {
        if (!_quotas.TryGetValue(unit, out var quota))
        {
            _quotas[unit] = quota = new DiscountQuota();
        }

        return quota;
    }
}
