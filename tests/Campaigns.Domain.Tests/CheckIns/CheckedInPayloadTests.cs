using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Payloads;

namespace Campaigns.Domain.Tests.CheckIns;

/// <summary>The bytes are in journals: a change here is a new entry kind, never a new expectation.</summary>
public sealed class CheckedInPayloadTests
{
    private static readonly CheckedIn Event = new(
        0x0102030405060708, 0x1112131415161718, "ny", "daily", 20_854, 7, 1,
        [new GrantedReward(RewardKind.Points, 5), new GrantedReward(RewardKind.Chance, 1, "wheel")]);

    private const string Golden =
        "0102030405060708" + "1112131415161718" + "026e79" + "056461696c79" + "ecc502" + "0e" + "02" + "02"
        + "03" + "0a" + "00" + "05" + "02" + "01" + "05776865656c";

    [Fact]
    public void CheckedIn_HasTheBytesThatJournalsHold()
    {
        var writer = new PayloadWriter();
        Event.Write(writer);

        Convert.ToHexStringLower(writer.ToArray()).ShouldBe(Golden);
    }

    [Fact]
    public void GoldenBytes_ReadAsTheEvent()
    {
        var reader = new PayloadReader(Convert.FromHexString(Golden));

        var read = CheckedIn.Read(ref reader);

        reader.AtEnd.ShouldBeTrue();
        read.Rewards.ShouldBe(Event.Rewards);
        (read with { Rewards = Event.Rewards }).ShouldBe(Event);
    }

    [Fact]
    public void PayloadThatEndsEarly_IsACorruptJournal()
    {
        var bytes = Convert.FromHexString(Golden);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<FormatException>(() =>
            {
                var reader = new PayloadReader(cut);
                CheckedIn.Read(ref reader);
            });
        }
    }

    [Theory]
    [InlineData(RewardKind.Cash, "cash")]
    [InlineData(RewardKind.RestrictedCash, "restricted-cash")]
    [InlineData(RewardKind.Points, "points")]
    [InlineData(RewardKind.Growth, "growth")]
    [InlineData(RewardKind.Chance, "chance:ny/wheel")]
    public void Reward_IsCreditedInItsUnit(RewardKind kind, string unit) =>
        new GrantedReward(kind, 1, kind == RewardKind.Chance ? "wheel" : null).UnitIn("ny").ShouldBe(unit);
}
