using System.Collections.Immutable;
using Campaigns.Domain.Payloads;

namespace Campaigns.Domain.RedPackets;

/// <summary>First entry of a shard's stream: names it and says what it was funded with.</summary>
/// <param name="Name">The stream's name, so that audits and statements can show it.</param>
/// <param name="Rounds">Share of each round in document order.</param>
public sealed record PacketPoolOpened(
    string Name,
    string CampaignId,
    string ActivityId,
    int Shard,
    int DefinitionVersion,
    ImmutableArray<RoundFunds> Rounds)
{
    public void Write(PayloadWriter payload)
    {
        payload.Text(Name).Text(CampaignId).Text(ActivityId).Signed(Shard).Signed(DefinitionVersion);
        payload.Unsigned((ulong)Rounds.Length);
        foreach (var (count, total) in Rounds)
        {
            payload.Signed(count).Signed(total);
        }
    }

    public static PacketPoolOpened Read(ref PayloadReader payload)
    {
        var name = payload.Text();
        var campaign = payload.Text();
        var activity = payload.Text();
        var shard = payload.Int32();
        var version = payload.Int32();
        var rounds = ImmutableArray.CreateBuilder<RoundFunds>(checked((int)payload.Unsigned()));
        while (rounds.Count < rounds.Capacity)
        {
            rounds.Add(new RoundFunds(payload.Int32(), payload.Signed()));
        }

        return new PacketPoolOpened(name, campaign, activity, shard, version, rounds.MoveToImmutable());
    }
}

/// <summary>Packets and minor units that a shard holds of one round.</summary>
public readonly record struct RoundFunds(int Count, long Total);

/// <summary>A user won a packet; its amount and the user's account are the entry's transfer.</summary>
/// <param name="KeyHash">First 64 bits of SHA-256 over the operation's key.</param>
/// <param name="BodyHash">First 64 bits of SHA-256 over the request's body.</param>
/// <param name="Round">Ordinal of the round in which it was drawn.</param>
/// <param name="Origin">Ordinal of the round whose list the packet is from; earlier where it was carried over.</param>
/// <param name="Packet">Its index in that list.</param>
/// <param name="Day">Business day, counted from 1970-01-01.</param>
/// <param name="Segment">Index of the user's segment in the document, or -1.</param>
/// <param name="FactsVersion">Version of the facts that the conditions were decided on.</param>
public sealed record PacketDrawn(
    ulong KeyHash,
    ulong BodyHash,
    int Round,
    int Origin,
    int Packet,
    int Day,
    int Segment,
    long FactsVersion,
    int DefinitionVersion)
{
    public void Write(PayloadWriter payload) => payload
        .Fixed64(KeyHash).Fixed64(BodyHash).Unsigned((uint)Round).Unsigned((uint)Origin).Unsigned((uint)Packet)
        .Unsigned((uint)Day).Signed(Segment).Signed(FactsVersion).Unsigned((uint)DefinitionVersion);

    public static PacketDrawn Read(ref PayloadReader payload) => new(
        payload.Fixed64(), payload.Fixed64(), Int(ref payload), Int(ref payload), Int(ref payload),
        Int(ref payload), payload.Int32(), payload.Signed(), Int(ref payload));

    private static int Int(ref PayloadReader payload) => checked((int)payload.Unsigned());
}

/// <summary>The shard told a user that it has nothing for this round: it grants nothing in it again.</summary>
public sealed record PacketRoundSealed(int Round)
{
    public void Write(PayloadWriter payload) => payload.Unsigned((uint)Round);

    public static PacketRoundSealed Read(ref PayloadReader payload) => new(checked((int)payload.Unsigned()));
}

/// <summary>Packets of a round that nobody can draw any more went back; their money is the entry's transfer.</summary>
/// <param name="Round">Ordinal of the round whose list they are from.</param>
public sealed record PacketRoundRefunded(int Round, int Count)
{
    public void Write(PayloadWriter payload) => payload.Unsigned((uint)Round).Unsigned((uint)Count);

    public static PacketRoundRefunded Read(ref PayloadReader payload) =>
        new(checked((int)payload.Unsigned()), checked((int)payload.Unsigned()));
}

/// <summary>Last entry: nothing is left, and credits that still arrive are forwarded to the budget.</summary>
public sealed record PacketPoolClosed(int DefinitionVersion)
{
    public void Write(PayloadWriter payload) => payload.Unsigned((uint)DefinitionVersion);

    public static PacketPoolClosed Read(ref PayloadReader payload) => new(checked((int)payload.Unsigned()));
}
