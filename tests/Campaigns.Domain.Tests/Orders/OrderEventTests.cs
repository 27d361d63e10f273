using Campaigns.Domain.Orders;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Orders;

public sealed class OrderEventTests
{
    private const string NameBytes = "0c" + "6f726465722f73686f702f31";

    [Fact]
    public void Reservation_HasTheseBytesAndReadsThemBack()
    {
        var reserved = new OrderReserved
        {
            Name = "order/shop/1",
            BodyHash = 0x0102030405060708,
            User = new StreamId((UInt128)0x22),
            CampaignId = "c",
            ActivityId = "a",
            MerchantId = "m-1",
            Amount = 10_000,
            Off = 2_000,
            Day = new LocalDate(2027, 2, 5),
            ExpiresAt = Instant.FromUnixTimeMilliseconds(1_000),
        };
        var writer = new PayloadWriter();
        reserved.Write(writer);

        Convert.ToHexStringLower(writer.ToArray()).ShouldBe(
            NameBytes + "0102030405060708" + "00000000000000000000000000000022" + "0163" + "0161" + "036d2d31"
            + "a09c01" + "a01f" + "ecc502" + "d00f");
        var reader = new PayloadReader(writer.ToArray());
        OrderReserved.Read(ref reader).ShouldBe(reserved);
        reader.AtEnd.ShouldBeTrue();
        ((short)EntryKind.OrderReserved).ShouldBe((short)400);
    }

    [Fact]
    public void Tombstone_HasTheseBytesAndReadsThemBack()
    {
        var writer = new PayloadWriter();
        new OrderTombstoned("order/shop/1").Write(writer);

        Convert.ToHexStringLower(writer.ToArray()).ShouldBe(NameBytes);
        var reader = new PayloadReader(writer.ToArray());
        OrderTombstoned.Read(ref reader).ShouldBe(new OrderTombstoned("order/shop/1"));
        reader.AtEnd.ShouldBeTrue();
        ((short)EntryKind.OrderTombstoned).ShouldBe((short)401);
    }
}
