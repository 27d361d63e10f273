using Campaigns.Domain.Payloads;

namespace Campaigns.Grains.Directory;

/// <summary>A campaign has reached a version of its stream.</summary>
internal readonly record struct CampaignAnnounced(string CampaignId, long Version)
{
    public byte[] Write() => new PayloadWriter().Text(CampaignId).Signed(Version).ToArray();

    public static CampaignAnnounced Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        return new CampaignAnnounced(reader.Text(), reader.Signed());
    }
}
