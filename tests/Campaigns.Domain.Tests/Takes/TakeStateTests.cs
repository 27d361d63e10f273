using Campaigns.Domain.Documents;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Takes;

namespace Campaigns.Domain.Tests.Takes;

/// <summary>What is kept of takes.</summary>
public sealed class TakeStateTests
{
    [Fact]
    public void Intent_CountsUntilItIsRefused_AndStaysWhenItIsMade()
    {
        var state = new TakeState();
        state.Apply(new TakeIntended(Of(1), 0, 5));
        state.Apply(new TakeIntended(Of(2), 0, 5));
        state.Total.ShouldBe(2);

        state.Apply(new TakeRefused("c", "a", 1));
        state.Apply(new TakeMade(Of(2)), version: 9);

        (state.Total, state.Open.Count, state.Made(2)?.Version).ShouldBe((1, 0, 9));
        state.Intended(1).ShouldBeNull();
        state.OnDay(20_000).ShouldBe(1);
        state.OnDay(20_001).ShouldBe(0);
    }

    [Fact]
    public void SecondIntentUnderAKey_TakesThePlaceOfTheFirst()
    {
        var state = new TakeState();
        state.Apply(new TakeIntended(Of(1), 0, 5));
        state.Apply(new TakeIntended(Of(1) with { Choice = "other" }, 1, 5));

        state.Open.ShouldHaveSingleItem().Stock.ShouldBe(1);
    }

    [Fact]
    public void WrongPasswords_AreCountedByDay()
    {
        var state = new TakeState();
        state.Apply(new TakeMissed("c", "a", 1));
        state.Apply(new TakeMissed("c", "a", 1));
        state.Apply(new TakeMissed("c", "a", 2));

        (state.MissedOn(1), state.MissedOn(2)).ShouldBe((0, 1));
        state.IsUntouched.ShouldBeFalse();
    }

    [Fact]
    public void Cash_IsWhatTheStockPays_NothingElse() => Of(1).Cash.ShouldBe(9);

    [Fact]
    public void Snapshot_IsRestoredToTheByte()
    {
        var state = new TakeState();
        state.Apply(new TakeMade(Of(7)), version: 3);
        state.Apply(new TakeIntended(Of(8), 2, 40));
        state.Apply(new TakeMissed("c", "a", 20_000));
        var written = Bytes(state);

        var reader = new PayloadReader(written);
        Bytes(TakeState.Read(ref reader)).ShouldBe(written);
    }

    private static Taken Of(ulong key) => new(
        "c", "a", key, 77, 20_000, 3, -1, 4, 2, "prize", 1,
        [new GrantedReward(RewardKind.Item, 2, "butterfly"), new GrantedReward(RewardKind.Cash, 9)]);

    private static byte[] Bytes(TakeState state)
    {
        var writer = new PayloadWriter();
        state.Write(writer);
        return writer.ToArray();
    }
}
