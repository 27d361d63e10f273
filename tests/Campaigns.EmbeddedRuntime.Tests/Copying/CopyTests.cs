using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Copying;

public sealed class CopyTests : GrainTests
{
    private ICopies Copies => Grain<ICopies>();

    [Fact]
    public async Task Argument_ChangedByTheGrain_IsUnchangedForTheCaller()
    {
        var basket = new Basket { Items = { "apple" } };

        await Copies.ChangeArgument(basket).Soon();

        basket.Items.ShouldBe(["apple"]);
    }

    [Fact]
    public async Task Argument_ChangedByTheCallerAfterTheCall_IsUnchangedForTheGrain()
    {
        var basket = new Basket { Items = { "apple" } };
        var call = Copies.KeepAfter(Key + "gate", basket);

        basket.Items.Add("pear");
        GateOf("gate").Open();
        await call.Soon();

        (await Copies.Kept().Soon()).Items.ShouldBe(["apple"]);
    }

    [Fact]
    public async Task Result_ChangedByTheGrainLater_IsUnchangedForTheCaller()
    {
        await Copies.Keep(new Basket { Items = { "apple" } }).Soon();
        var kept = await Copies.Kept().Soon();

        await Copies.Change().Soon();

        kept.Items.ShouldBe(["apple"]);
        (await Copies.Kept().Soon()).Items.ShouldBe(["apple", "changed"]);
    }

    [Fact]
    public async Task Result_ChangedByTheCaller_IsUnchangedForTheGrain()
    {
        await Copies.Keep(new Basket { Items = { "apple" } }).Soon();

        (await Copies.Kept().Soon()).Items.Clear();

        (await Copies.Kept().Soon()).Items.ShouldBe(["apple"]);
    }

    [Fact]
    public async Task ImmutableParameter_IsShared()
    {
        var basket = new Basket();

        await Copies.Note(Key, basket).Soon();

        Journal.Of(Key).ShouldHaveSingleItem().ShouldBeSameAs(basket);
    }

    [Fact]
    public async Task ImmutableWrapper_IsShared()
    {
        var basket = new Basket();

        await Copies.NoteWrapped(Key, basket.AsImmutable()).Soon();

        Journal.Of(Key).ShouldHaveSingleItem().ShouldBeSameAs(basket);
    }

    [Fact]
    public async Task ImmutableType_IsShared()
    {
        var seal = new Seal();

        await Copies.NoteSeal(Key, seal).Soon();

        Journal.Of(Key).ShouldHaveSingleItem().ShouldBeSameAs(seal);
    }

    [Fact]
    public async Task OneObject_PassedAsTwoArguments_ArrivesAsOne()
    {
        var basket = new Basket();

        (await Copies.AreOne(basket, basket).Soon()).ShouldBeTrue();
        (await Copies.AreOne(basket, new Basket()).Soon()).ShouldBeFalse();
    }

    [Fact]
    public async Task Circle_ArrivesAsACircle()
    {
        var basket = new Basket();
        basket.Nested = basket;

        (await Copies.IsItsOwnNested(basket).Soon()).ShouldBeTrue();
    }

    [Fact]
    public async Task MemberWithoutId_DoesNotCross()
    {
        await Copies.Keep(new Basket { Local = "here" }).Soon();

        (await Copies.Kept().Soon()).Local.ShouldBeNull();
    }

    [Fact]
    public async Task Record_WithPrivateAndReadOnlyState_IsCopiedWhole()
    {
        var receipt = new Receipt("R1", [1, 2]);
        receipt.Note("paid");

        var echo = await Copies.EchoReceipt(receipt).Soon();

        echo.ShouldNotBeSameAs(receipt);
        echo.Amounts.ShouldNotBeSameAs(receipt.Amounts);
        echo.Number.ShouldBe("R1");
        echo.Amounts.ShouldBe([1, 2]);
        echo.Notes().ShouldBe("paid");
    }

    [Fact]
    public async Task AbstractType_CrossesAsWhatItIs()
    {
        var polygon = new Polygon { Name = "triangle", Corners = [(0, 0), (0, 1), (1, 0)] };

        var echo = (await Copies.EchoShape(polygon).AsTask().Soon()).ShouldBeOfType<Polygon>();

        echo.ShouldNotBeSameAs(polygon);
        echo.Name.ShouldBe("triangle");
        echo.Corners.ShouldBe(polygon.Corners);
    }

    [Fact]
    public async Task MethodWithoutResult_AsAValueTask_Completes()
    {
        await Copies.Nothing().AsTask().Soon();
    }

    [Fact]
    public async Task EveryKindOfMember_ArrivesEqualAndApart()
    {
        var everything = new Everything
        {
            Wide = UInt128.MaxValue - 7,
            When = new DateTimeOffset(2027, 1, 31, 20, 0, 0, TimeSpan.FromHours(8)),
            Bytes = new byte[] { 1, 2, 3 },
            Color = Color.Blue,
            Baskets = [new Basket { Items = { "apple" } }],
            Lists = new(StringComparer.OrdinalIgnoreCase) { ["a"] = [1, 2] },
            Names = ["x", "y"],
            Shape = new Polygon { Name = "p" },
            Point = new Point(3, [9]),
            Pair = (5, new Basket { Items = { "pear" } }),
            Ids = [Guid.Empty],
            Price = 1.25m,
        };

        var echo = await Copies.Echo(everything).Soon();

        (echo.Wide, echo.When, echo.Color, echo.Price).ShouldBe(
            (everything.Wide, everything.When, everything.Color, everything.Price));
        echo.When.Offset.ShouldBe(TimeSpan.FromHours(8));
        echo.Bytes.ToArray().ShouldBe([1, 2, 3]);
        echo.Bytes.Equals(everything.Bytes).ShouldBeFalse();
        echo.Baskets.ShouldHaveSingleItem().Items.ShouldBe(["apple"]);
        echo.Baskets[0].ShouldNotBeSameAs(everything.Baskets[0]);
        echo.Lists["A"].ShouldBe([1, 2]);
        echo.Lists["a"].ShouldNotBeSameAs(everything.Lists["a"]);
        echo.Names.ShouldBe(["x", "y"]);
        echo.Shape!.Name.ShouldBe("p");
        echo.Shape.ShouldNotBeSameAs(everything.Shape);
        echo.Point.X.ShouldBe(3);
        echo.Point.Tag.ShouldBe([9]);
        echo.Point.Tag.ShouldNotBeSameAs(everything.Point.Tag);
        echo.Pair.Number.ShouldBe(5);
        echo.Pair.Basket.ShouldNotBeSameAs(everything.Pair.Basket);
        echo.Pair.Basket.Items.ShouldBe(["pear"]);
        echo.Ids.ShouldBe([Guid.Empty]);
    }
}
