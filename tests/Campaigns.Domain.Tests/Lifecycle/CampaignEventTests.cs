using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Tests.Lifecycle;

/// <summary>The bytes are in journals: a change here is a new entry kind, never a new expectation.</summary>
public sealed class CampaignEventTests
{
    public static TheoryData<CampaignEvent, EntryKind, string> Golden => new()
    {
        {
            new CampaignDrafted("ann", "ny", [.. "{}"u8]), EntryKind.CampaignDrafted,
            "0b63616d706169676e2f6e79" + "03616e6e" + "026e79" + "027b7d"
        },
        { new CampaignReplaced("ann", 2, [.. "{}"u8]), EntryKind.CampaignReplaced, "03616e6e" + "04" + "027b7d" },
        { new CampaignRevised("ann", 2, [.. "{}"u8]), EntryKind.CampaignRevised, "03616e6e" + "04" + "027b7d" },
        { new CampaignSubmitted("ann", 300), EntryKind.CampaignSubmitted, "03616e6e" + "d804" },
        {
            new CampaignApproved("bob", 1, [new CommittedSeed("bag", "main", 0, [1, 2], [3])]),
            EntryKind.CampaignApproved,
            "03626f62" + "02" + "01" + "03626167" + "046d61696e" + "00" + "020102" + "0103"
        },
        { new CampaignRejected("bob", "no"), EntryKind.CampaignRejected, "03626f62" + "01" + "026e6f" },
        { new CampaignRejected("bob", null), EntryKind.CampaignRejected, "03626f62" + "00" },
        { new CampaignPaused("bob", ""), EntryKind.CampaignPaused, "03626f62" + "0100" },
        { new CampaignResumed("bob"), EntryKind.CampaignResumed, "03626f62" },
        { new CampaignEnded("bob", null), EntryKind.CampaignEnded, "03626f62" + "00" },
        { new CampaignSettled("bob"), EntryKind.CampaignSettled, "03626f62" },
        { new CampaignArchived("bob"), EntryKind.CampaignArchived, "03626f62" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Event_HasTheBytesThatJournalsHold(CampaignEvent step, EntryKind kind, string bytes)
    {
        step.Kind.ShouldBe(kind);
        Bytes(step).ShouldBe(bytes);

        var reader = new PayloadReader(Convert.FromHexString(bytes));
        var read = CampaignEvent.Read(kind, ref reader);

        reader.AtEnd.ShouldBeTrue();
        read.ShouldBeOfType(step.GetType());
        Bytes(read).ShouldBe(bytes);
    }

    [Fact]
    public void EveryKindOfEvent_HasGoldenBytes()
    {
        var kinds = typeof(CampaignEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(CampaignEvent));

        Golden.Select(row => row[0].GetType()).Distinct().ShouldBe(kinds, ignoreOrder: true);
    }

    [Fact]
    public void EntryOfAnotherStream_IsNoStep() =>
        Should.Throw<FormatException>(() =>
        {
            var reader = new PayloadReader([0]);
            CampaignEvent.Read(EntryKind.PacketDrawn, ref reader);
        });

    private static string Bytes(CampaignEvent step)
    {
        var writer = new PayloadWriter();
        step.Write(writer);
        return Convert.ToHexStringLower(writer.ToArray());
    }
}
