using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Bodies;

namespace Campaigns.Gateway.Draws;

/// <summary>What a draw may ask for.</summary>
internal sealed record DrawBody
{
    /// <summary>Of a password packet.</summary>
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

    public required RewardView[] Rewards { get; init; }

    public required ReceiptView Receipt { get; init; }

    public static DrawView Of(DrawResult draw) => new()
    {
        DrawId = Id(draw),
        Outcome = "won",
        Rewards = [new RewardView("cash", draw.Amount)],
        Receipt = new ReceiptView(
            draw.Pool, draw.Entry, draw.Amount, draw.Round, draw.PacketRound, draw.Index, draw.Segment,
            draw.FactsVersion, draw.DefinitionVersion, draw.Chain, draw.At),
    };

    /// <summary>The chain of the draw's entry: a keyed hash of all that it says, so no two draws share it.</summary>
    private static string Id(DrawResult draw) => Base64Url.EncodeToString(Convert.FromHexString(draw.Chain));
}

/// <summary>What proves a draw: with the revealed seed anyone can compute the amount again.</summary>
/// <param name="Pool">campaign/activity/shard.</param>
/// <param name="Entry">Version of the draw's entry in the pool's stream.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Round">The round that was drawn from.</param>
/// <param name="PacketRound">The round whose seed made the packet.</param>
/// <param name="Index">Place of the packet in that round's list of the shard, from 0.</param>
/// <param name="Chain">The entry's chain, 32 hexadecimal digits.</param>
internal sealed record ReceiptView(
    string Pool,
    long Entry,
    long Amount,
    string Round,
    string PacketRound,
    int Index,
    string? Segment,
    long FactsVersion,
    long DefinitionVersion,
    string Chain,
    DateTimeOffset At);
