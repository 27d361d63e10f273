using Campaigns.Domain.RedPackets;
using Xunit.Abstractions;
using static Campaigns.Domain.Tests.RedPackets.Activities;

namespace Campaigns.Domain.Tests.RedPackets;

[Collection(nameof(Measured))]
public sealed class PacketListSpeedTests(ITestOutputHelper output)
{
    /// <summary>The slowest split takes 1.4 s optimized; tests run a debug build, hence the bound of 4 s.</summary>
    [Theory]
    [InlineData(Split.DoubleMean)]
    [InlineData(Split.Uniform)]
    [InlineData(Split.Denominations)]
    public void AMillionPackets_AreDealtInSeconds(Split split)
    {
        var activity = split == Split.Denominations
            ? Listed([new(201_900, 10), new(888, 99_990), new(1, 900_000)])
            : Computed(100_000_000, RedPacketActivity.MaxPacketsPerShard, 1, 20_000, split);
        var terms = RoundTerms.Of(CampaignId, activity, 0);
        PacketList? list = null;

        var fastest = Measured.Fastest(() => list = PacketList.Deal(terms, SeedOf("speed"), 0));

        output.WriteLine($"{split}: {fastest.TotalSeconds:F2} s");
        list!.Count.ShouldBe(1_000_000);
        fastest.ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }
}
