using Campaigns.Domain.Payloads;

namespace Campaigns.Domain.RedPackets;

/// <summary>What has become of one round's own packets in one shard.</summary>
internal sealed class PoolRound(RoundFunds funds)
{
    public RoundFunds Funds { get; } = funds;

    /// <summary>Packets drawn, in this round or a later one: the index of the next.</summary>
    public int Drawn { get; private set; }

    /// <summary>Minor units.</summary>
    public long Issued { get; private set; }

    public bool Sealed { get; set; }

    public bool Refunded { get; private set; }

    /// <summary>Packets that can still be drawn or refunded.</summary>
    public int Left => Refunded ? 0 : Funds.Count - Drawn;

    /// <summary>Minor units of <see cref="Left"/>.</summary>
    public long Remaining => Refunded ? 0 : Funds.Total - Issued;

    /// <summary>Minor units.</summary>
    public long RefundedTotal => Refunded ? Funds.Total - Issued : 0;

    public void Draw(int packet, long amount)
    {
        JournalCheck.Require(packet == Drawn && packet < Funds.Count && !Refunded, "a packet was drawn out of turn");
        Drawn++;
        Issued = checked(Issued + amount);
        JournalCheck.Require(
            Issued <= Funds.Total && (Drawn < Funds.Count || Issued == Funds.Total), "packets miss their total");
    }

    public void Refund(int count, long amount)
    {
        JournalCheck.Require(count == Left && amount == Remaining, "a refund differs from what was left");
        Refunded = true;
    }

    public void Write(PayloadWriter state) => state
        .Signed(Funds.Count).Signed(Funds.Total).Signed(Drawn).Signed(Issued).Flag(Sealed).Flag(Refunded);

    public static PoolRound Read(ref PayloadReader state) =>
        new(new RoundFunds(state.Int32(), state.Signed()))
        {
            Drawn = state.Int32(),
            Issued = state.Signed(),
            Sealed = state.Flag(),
            Refunded = state.Flag(),
        };
}
