using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.SpendDiscounts;

/// <summary>
/// The user's side of an order: one place of the quota is used. No transfer; the money is the stock's.
/// </summary>
/// <param name="Order">The stream of the partner's order.</param>
/// <param name="CampaignId">Whose activity.</param>
/// <param name="ActivityId">Whose quota.</param>
/// <param name="Day">The business day whose quota the order uses.</param>
/// <param name="Off">Minor units taken off, for the user's story.</param>
public sealed record DiscountAccepted(
    StreamId Order, string CampaignId, string ActivityId, LocalDate Day, long Off)
{
    public void Write(PayloadWriter writer) =>
        writer.Fixed128(Order.Value).Text(CampaignId).Text(ActivityId).Date(Day).Signed(Off);

    public static DiscountAccepted Read(ref PayloadReader reader) => new(
        new StreamId(reader.Fixed128()), reader.Text(), reader.Text(), reader.Date(), reader.Signed());
}
