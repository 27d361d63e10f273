using Campaigns.Domain.Payloads;

namespace Campaigns.Grains.Users;

/// <summary>Which activity an entry of a user's stream is about; the beginning of such an entry's payload.</summary>
internal readonly record struct ActivityRef(string CampaignId, string ActivityId) : IComparable<ActivityRef>
{
    public void Write(PayloadWriter writer) => writer.Text(CampaignId).Text(ActivityId);

    public static ActivityRef Read(ref PayloadReader reader) => new(reader.Text(), reader.Text());

    public int CompareTo(ActivityRef other)
    {
        var campaigns = string.CompareOrdinal(CampaignId, other.CampaignId);
        return campaigns != 0 ? campaigns : string.CompareOrdinal(ActivityId, other.ActivityId);
    }
}
