using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Orders;

/// <summary>
/// The stock holds and the user's quota has accepted: from here on the order is the stock's to confirm, release,
/// expire and return. The stream's first and only entry, no transfer.
/// </summary>
public sealed record OrderReserved
{
    /// <summary>The stream's name, for example <c>order/shop/4711</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of the request; the same order with another one is refused.</summary>
    public required ulong BodyHash { get; init; }

    public required StreamId User { get; init; }

    public required string CampaignId { get; init; }

    public required string ActivityId { get; init; }

    public required string MerchantId { get; init; }

    /// <summary>The payment before the discount, minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>What is taken off, minor units.</summary>
    public required long Off { get; init; }

    /// <summary>What the user pays, minor units.</summary>
    public long Pay => Amount - Off;

    /// <summary>The business day whose stock and quota the order uses.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>Whole milliseconds, as the stock answered it.</summary>
    public required Instant ExpiresAt { get; init; }

    public void Write(PayloadWriter writer)
    {
        writer.Text(Name).Fixed64(BodyHash).Fixed128(User.Value).Text(CampaignId).Text(ActivityId).Text(MerchantId);
        writer.Signed(Amount).Signed(Off).Date(Day).Time(ExpiresAt);
    }

    public static OrderReserved Read(ref PayloadReader reader) => new()
    {
        Name = reader.Text(),
        BodyHash = reader.Fixed64(),
        User = new StreamId(reader.Fixed128()),
        CampaignId = reader.Text(),
        ActivityId = reader.Text(),
        MerchantId = reader.Text(),
        Amount = reader.Signed(),
        Off = reader.Signed(),
        Day = reader.Date(),
        ExpiresAt = reader.Time(),
    };
}

/// <summary>
/// Cancelled before it was reserved: a reservation that arrives later is refused. The stream's first and only entry,
/// no transfer.
/// </summary>
/// <param name="Name">The stream's name.</param>
public sealed record OrderTombstoned(string Name)
{
    public void Write(PayloadWriter writer) => writer.Text(Name);

    public static OrderTombstoned Read(ref PayloadReader reader) => new(reader.Text());
}
