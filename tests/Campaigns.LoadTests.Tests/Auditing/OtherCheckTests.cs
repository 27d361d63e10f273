using Campaigns.LoadTests.Answers;
using Campaigns.LoadTests.Auditing;

namespace Campaigns.LoadTests.Tests.Auditing;

/// <summary>The same for check-ins and orders.</summary>
public sealed class OtherCheckTests
{
    private readonly ToldBook _checkIns = new("check-in");
    private readonly OrderBooks _orders = new("partner", "o");

    public OtherCheckTests()
    {
        _checkIns.Tell(_checkIns.Begin(), new Told(Said.Done, 1, Amount: 40));
        _checkIns.Tell(_checkIns.Begin(), new Told(Said.Refused, 1));
        for (var order = 0; order < 3; order++)
        {
            _orders.Reserved.Tell(_orders.Reserved.Begin(), new Told(Said.Done, 1, Amount: 2_000));
        }

        _orders.Confirmed.Tell(0, new Told(Said.Done, 1, Amount: 2_000));
        _orders.Cancelled.Tell(1, new Told(Said.Done, 1));
    }

    [Fact]
    public async Task CheckInsThatAgree_HaveNoDifference() =>
        (await new Journal().CheckedIn("u0", 40).CheckAsync(CheckIns())).Holds.ShouldBeTrue();

    [Theory]
    [InlineData("u0", 41, "told something else")]
    [InlineData("u9", 40, "told and not in the ledger")]
    public async Task CheckInThatDiffers_IsFound(string user, long points, string fault) =>
        (await new Journal().CheckedIn(user, points).CheckAsync(CheckIns())).ByFault.Keys.ShouldBe([fault]);

    [Fact]
    public async Task CheckInOfWhoWasToldNo_IsFound() =>
        (await new Journal().CheckedIn("u0", 40).CheckedIn("u1", 1).CheckAsync(CheckIns()))
            .ByFault.Keys.ShouldBe(["told no and checked in"]);

    [Fact]
    public async Task OrdersThatAgree_HaveNoDifference()
    {
        var check = Orders();
        var findings = await Held().Order(5, "StockConfirmed", Name(0), 2_000).Order(6, "StockReleased", Name(1), 2_000)
            .CheckAsync(check);
        findings.Examples.ShouldBeEmpty();
        check.Issued.ShouldHaveSingleItem().Value.ShouldBe(2_000);
    }

    [Fact]
    public async Task ConfirmationThatIsMissing_IsFound() =>
        (await Held().Order(6, "StockReleased", Name(1), 2_000).CheckAsync(Orders()))
            .Examples.ShouldHaveSingleItem().ShouldContain("o00000000 was told confirmed");

    [Fact]
    public async Task OrderWithTwoEnds_IsFound() =>
        (await Held().Order(5, "StockConfirmed", Name(0), 2_000).Order(6, "StockReleased", Name(1), 2_000)
            .Order(7, "StockReleased", Name(0), 2_000).CheckAsync(Orders())).ByFault.Keys.ShouldBe(["had two ends"]);

    [Fact]
    public async Task ReservationOfAnotherAmount_IsFound() =>
        (await new Journal().Order(2, "StockHeld", Name(0), 2_000).Order(3, "StockHeld", Name(1), 2_000)
            .Order(4, "StockHeld", Name(2), 1_999).Order(5, "StockConfirmed", Name(0), 2_000)
            .Order(6, "StockReleased", Name(1), 2_000).CheckAsync(Orders()))
            .Examples.ShouldHaveSingleItem().ShouldContain("o00000002 was told 2000 off, the ledger holds 1999");

    private static string Name(int order) => $"order/partner/o{order:d8}";

    private static Journal Held() => new Journal().Order(2, "StockHeld", Name(0), 2_000)
        .Order(3, "StockHeld", Name(1), 2_000).Order(4, "StockHeld", Name(2), 2_000);

    private CheckInCheck CheckIns() => new(_checkIns, operation => $"u{operation}");

    private OrderCheck Orders() => new(_orders, "night/dinner/0");
}
