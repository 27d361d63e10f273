using Campaigns.Domain.Payloads;
using Campaigns.Domain.RedPackets;

namespace Campaigns.Domain.Tests.RedPackets;

/// <summary>Golden bytes: journals hold them for years, so a layout never changes.</summary>
public sealed class PacketPoolEventTests
{
    private delegate T Reading<out T>(ref PayloadReader payload);

    [Fact]
    public void Opened_IsWrittenAsEver()
    {
        var opened = new PacketPoolOpened(
            "pool/ny2027/rain/3", "ny2027", "rain", 3, 7, [new RoundFunds(12_500, 1_666_666), new RoundFunds(1, 300)]);

        var read = Golden(
            opened.Write, PacketPoolOpened.Read,
            "12706F6F6C2F6E79323032372F7261696E2F33" + "066E7932303237" + "047261696E" + "06" + "0E" + "02" +
            "A8C301" + "D4B9CB01" + "02" + "D804");

        (read with { Rounds = opened.Rounds }).ShouldBe(opened);
        read.Rounds.ShouldBe(opened.Rounds);
    }

    [Fact]
    public void Drawn_IsWrittenAsEver()
    {
        var drawn = new PacketDrawn(0x0123456789ABCDEF, 0xFEDCBA9876543210, 2, 0, 300, 20_854, -1, 41, 7);

        Golden(
            drawn.Write, PacketDrawn.Read,
            "0123456789ABCDEF" + "FEDCBA9876543210" + "02" + "00" + "AC02" + "F6A201" + "01" + "52" + "07")
            .ShouldBe(drawn);
    }

    [Fact]
    public void Sealed_IsWrittenAsEver() =>
        Golden(new PacketRoundSealed(2).Write, PacketRoundSealed.Read, "02").ShouldBe(new PacketRoundSealed(2));

    [Fact]
    public void Refunded_IsWrittenAsEver() =>
        Golden(new PacketRoundRefunded(1, 1000).Write, PacketRoundRefunded.Read, "01E807")
            .ShouldBe(new PacketRoundRefunded(1, 1000));

    [Fact]
    public void Closed_IsWrittenAsEver() =>
        Golden(new PacketPoolClosed(9).Write, PacketPoolClosed.Read, "09").ShouldBe(new PacketPoolClosed(9));

    private static T Golden<T>(Action<PayloadWriter> write, Reading<T> read, string hex)
    {
        var payload = new PayloadWriter();
        write(payload);
        Convert.ToHexString(payload.ToArray()).ShouldBe(hex);
        var reader = new PayloadReader(Convert.FromHexString(hex));
        var value = read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        return value;
    }

    private static T Golden<T>(Func<PayloadWriter, PayloadWriter> write, Reading<T> read, string hex) =>
        Golden(payload => { write(payload); }, read, hex);
}
