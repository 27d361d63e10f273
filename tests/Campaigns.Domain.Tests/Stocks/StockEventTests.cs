using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Stocks;

public sealed class StockEventTests
{
    private static readonly StreamId Order = new((UInt128)0x11);
    private static readonly StreamId User = new((UInt128)0x22);
    private const string OrderBytes = "00000000000000000000000000000011";
    private const string UserBytes = "00000000000000000000000000000022";

    private static StockTerms DiscountTerms => new()
    {
        Name = "pool/c/a/0",
        Campaign = new StreamId((UInt128)0x33),
        Unit = "discount",
        MoneyLimited = true,
        PiecesLimited = false,
        PiecesPerDay = 1_000,
        Payee = StockPayee.Merchant,
        QuotaUnit = "quota:c/a",
    };

    /// <summary>Bytes written out by hand from the layouts: they are in journals and can never change.</summary>
    public static TheoryData<EntryKind, short, StockEvent, string> Golden => new()
    {
        {
            EntryKind.StockOpened, 220,
            new StockOpened(DiscountTerms),
            "0a706f6f6c2f632f612f30" + "00000000000000000000000000000033" + "0108646973636f756e74" + "0100" + "d00f"
            + "01" + "010971756f74613a632f61"
        },
        {
            EntryKind.StockOpened, 220,
            new StockOpened(new StockTerms
            {
                Name = "p", Campaign = new StreamId((UInt128)0x33), PiecesLimited = true, Payee = StockPayee.User,
            }),
            "0170" + "00000000000000000000000000000033" + "00" + "0001" + "01" + "02" + "00"
        },
        {
            EntryKind.StockHeld, 221,
            new StockHeld
            {
                BodyHash = 0x0102030405060708,
                Order = Order,
                User = User,
                Merchant = "m-1",
                Amount = 2_000,
                Payment = 8_000,
                Pieces = 1,
                Day = new LocalDate(2027, 2, 5),
                ExpiresAt = Instant.FromUnixTimeMilliseconds(1_000),
            },
            "0102030405060708" + OrderBytes + UserBytes + "036d2d31" + "a01f" + "807d" + "02" + "ecc502" + "01d00f"
        },
        {
            EntryKind.StockHeld, 221,
            new StockHeld
            {
                BodyHash = ulong.MaxValue,
                Order = Order,
                User = User,
                Merchant = "",
                Amount = 1,
                Payment = 0,
                Pieces = 0,
                Day = new LocalDate(1970, 1, 1),
                ExpiresAt = null,
            },
            "ffffffffffffffff" + OrderBytes + UserBytes + "00" + "02" + "00" + "00" + "00" + "00"
        },
        { EntryKind.StockConfirmed, 222, new StockConfirmed(Order, "pay-1"), OrderBytes + "057061792d31" },
        { EntryKind.StockReleased, 223, new StockReleased(Order), OrderBytes },
        { EntryKind.StockExpired, 224, new StockExpired(Order), OrderBytes },
        {
            EntryKind.StockReturned, 225, new StockReturned(Order, "r1", 300, 75, true),
            OrderBytes + "027231" + "d804" + "9601" + "01"
        },
        { EntryKind.StockRefunded, 226, new StockRefunded(7, 300, 2), "0e" + "d804" + "04" },
        { EntryKind.StockClosed, 227, new StockClosed(300, 2), "d804" + "04" },
        { EntryKind.StockFunded, 228, new StockFunded(7, 300, 2, 5), "0e" + "d804" + "04" + "0a" },
        { EntryKind.StockFunded, 228, new StockFunded(7, 300, 2, null), "0e" + "d804" + "04" + "01" },
        {
            EntryKind.QuotaRestored, 229,
            new QuotaRestored(Order, new LocalDate(2027, 2, 5), QuotaReason.Expired),
            OrderBytes + "ecc502" + "02"
        },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Event_HasTheseBytesAndReadsThemBack(EntryKind kind, short number, StockEvent happened, string bytes)
    {
        ((short)kind).ShouldBe(number);
        happened.Kind.ShouldBe(kind);
        Convert.ToHexStringLower(happened.ToPayload()).ShouldBe(bytes);
        StockEvent.Read(kind, Convert.FromHexString(bytes)).ShouldBe(happened);
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void PayloadOfAnotherLength_IsRefused(EntryKind kind, short number, StockEvent happened, string bytes)
    {
        _ = (number, happened);
        Should.Throw<FormatException>(() => StockEvent.Read(kind, Convert.FromHexString(bytes + "00")));
        Should.Throw<FormatException>(() => StockEvent.Read(kind, Convert.FromHexString(bytes[..^2])));
    }

    [Theory]
    [InlineData(EntryKind.None)]
    [InlineData(EntryKind.PacketDrawn)]
    [InlineData(EntryKind.OrderReserved)]
    public void EntryOfAnotherStream_IsRefused(EntryKind kind) =>
        Should.Throw<FormatException>(() => StockEvent.Read(kind, default));
}
