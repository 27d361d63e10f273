using System.ComponentModel.DataAnnotations;
using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Bodies;

namespace Campaigns.Gateway.Draws;

/// <summary>What a draw may ask for.</summary>
internal sealed record DrawBody
{
    public const int LongestPassword = 100;

    /// <summary>Of a lottery that asks for one.</summary>
    [MaxLength(LongestPassword)]
    public string? Password { get; init; }

    /// <summary>The round to draw from; absent: the one that is open.</summary>
    [RegularExpression(Ids.DocumentPattern)]
    public string? Round { get; init; }
}

/// <summary>A draw that was made.</summary>
internal sealed record DrawView
{
    /// <summary>Opaque, safe in URLs; the same for the same draw.</summary>
    public required string DrawId { get; init; }

    /// <summary>won or nothing.</summary>
    public required string Outcome { get; init; }

    /// <summary>Of a lottery: the prize's id in the document.</summary>
    public string? Prize { get; init; }

    public required RewardView[] Rewards { get; init; }

    public required ReceiptView Receipt { get; init; }

    public static DrawView Of(DrawResult draw) => new()
    {
        DrawId = OpaqueId.Of(draw.Chain),
        Outcome = "won",
        Rewards = [new RewardView("cash", draw.Amount)],
        Receipt = new ReceiptView(
            draw.Pool, draw.Entry, draw.Amount, draw.Round, draw.PacketRound, draw.Index, draw.Segment,
            draw.FactsVersion, draw.DefinitionVersion, draw.Chain, draw.At),
    };

    public static DrawView Of(TakeResult taken) => new()
    {
        DrawId = OpaqueId.Of(taken.Chain),
        Outcome = taken.Rewards.Length > 0 ? "won" : "nothing",
        Prize = taken.Choice,
        Rewards = Array.ConvertAll(taken.Rewards, RewardView.Of),
        Receipt = new ReceiptView(
            null, taken.Entry, null, null, null, null, taken.Segment, taken.FactsVersion, taken.DefinitionVersion,
            taken.Chain, taken.At, taken.Ordinal),
    };
}

/// <summary>What proves a draw: with the revealed seed anyone can compute the amount again.</summary>
/// <param name="Pool">campaign/activity/shard; absent for a lottery, whose draws are in the user's own stream.</param>
/// <param name="Entry">Version of the draw's entry in the pool's or the user's stream.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Round">The round that was drawn from.</param>
/// <param name="PacketRound">The round whose seed made the packet.</param>
/// <param name="Index">Place of the packet in that round's list of the shard, from 0.</param>
/// <param name="Chain">The entry's chain, 32 hexadecimal digits.</param>
/// <param name="Ordinal">Of a lottery: the user's how manieth draw, from 1, by which its numbers are found.</param>
internal sealed record ReceiptView(
    string? Pool,
    long Entry,
    long? Amount,
    string? Round,
    string? PacketRound,
    int? Index,
    string? Segment,
    long FactsVersion,
    long DefinitionVersion,
    string Chain,
    DateTimeOffset At,
    int? Ordinal = null);
