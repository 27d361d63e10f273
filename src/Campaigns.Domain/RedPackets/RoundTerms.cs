using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Campaigns.Domain.Fairness;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// Everything besides the seed that the packets of one round follow from. Its canonical text is what the commitment
/// covers and what an outsider needs to recompute the round.
/// </summary>
public sealed record RoundTerms
{
    public const string Format = "campaigns/red-packet/1";

    /// <summary>Keeps twice a round's money within 64 bits.</summary>
    public const long MaxTotal = 1L << 62;

    internal RoundTerms()
    {
    }

    public required string CampaignId { get; init; }

    public required string ActivityId { get; init; }

    public required string RoundId { get; init; }

    /// <summary>0; value that comes back after a round was exhausted would open the next.</summary>
    public required int Generation { get; init; }

    /// <summary>Minor units of all shards together.</summary>
    public required long Total { get; init; }

    public required int Count { get; init; }

    public required long Min { get; init; }

    public required long Max { get; init; }

    public required Split Split { get; init; }

    /// <summary>Ascending by amount, each amount once; empty unless <see cref="Split"/> is denominations.</summary>
    public required ImmutableArray<Denomination> Amounts { get; init; }

    public required int Shards { get; init; }

    /// <summary>
    /// The terms of one round of a validated activity. Throws <see cref="ArgumentException"/> where no list of packets
    /// could satisfy them: such a document must not have passed validation.
    /// </summary>
    public static RoundTerms Of(string campaignId, RedPacketActivity activity, int round)
    {
        var definition = activity.Rounds[round];
        var amounts = Canonical(definition.Amounts, activity.Split);
        var mean = definition.Count == 0 ? 0 : definition.Total / definition.Count;
        var terms = new RoundTerms
        {
            CampaignId = campaignId,
            ActivityId = activity.Id,
            RoundId = definition.Id,
            Generation = 0,
            Total = definition.Total,
            Count = definition.Count,
            Min = activity.Split switch
            {
                Split.Denominations => amounts.IsEmpty ? 0 : amounts[0].Amount,
                Split.Fixed => mean,
                _ => activity.Min,
            },
            Max = activity.Split switch
            {
                Split.Denominations => amounts.IsEmpty ? 0 : amounts[^1].Amount,
                Split.Fixed => mean,
                _ => activity.Max,
            },
            Split = activity.Split,
            Amounts = amounts,
            Shards = activity.Shards,
        };
        terms.ThrowUnlessPossible();
        return terms;
    }

    /// <summary>The ASCII text that the commitment covers: one <c>name=value</c> per line, LF at each end.</summary>
    public byte[] CanonicalBytes()
    {
        var text = new StringBuilder(256);
        text.Append(Format).Append('\n');
        Line(text, "campaign", CampaignId);
        Line(text, "activity", ActivityId);
        Line(text, "round", RoundId);
        Line(text, "generation", Number(Generation));
        Line(text, "total", Number(Total));
        Line(text, "count", Number(Count));
        Line(text, "min", Number(Min));
        Line(text, "max", Number(Max));
        Line(text, "split", NameOf(Split));
        Line(text, "amounts", string.Join(',', Amounts.Select(one => $"{Number(one.Amount)}x{Number(one.Count)}")));
        Line(text, "shards", Number(Shards));
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    public Commitment Commit(Seed seed) => Commitment.Of(seed, CanonicalBytes());

    private void ThrowUnlessPossible()
    {
        var inRange = Shards is >= 1 and <= RedPacketActivity.MaxShards && Count >= 0 && Total is >= 0 and <= MaxTotal;
        var possible = inRange && Split switch
        {
            Split.Denominations => Amounts.Aggregate(Int128.Zero, Worth) == Total
                && Amounts.Sum(one => (long)one.Count) == Count && Amounts.All(one => one.Amount >= 0),
            Split.Fixed or Split.DoubleMean or Split.Uniform =>
                Min >= 0 && Min <= Max && (Int128)Min * Count <= Total && Total <= (Int128)Max * Count,
            _ => false,
        };
        if (!possible)
        {
            throw new ArgumentException($"Round {RoundId} of {ActivityId}: {Count} packets cannot make {Total}.");
        }
    }

    private static ImmutableArray<Denomination> Canonical(ImmutableArray<Denomination> listed, Split split) =>
        split != Split.Denominations
            ? []
            : [.. listed.GroupBy(one => one.Amount, one => one.Count)
                .Select(same => new Denomination(same.Key, same.Sum()))
                .Where(one => one.Count > 0)
                .OrderBy(one => one.Amount)];

    private static Int128 Worth(Int128 sum, Denomination one) => sum + ((Int128)one.Amount * one.Count);

    private static string NameOf(Split split) => split switch
    {
        Split.DoubleMean => "double-mean",
        Split.Uniform => "uniform",
        Split.Fixed => "fixed",
        Split.Denominations => "denominations",
        _ => throw new ArgumentOutOfRangeException(nameof(split)),
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(name).Append('=').Append(value).Append('\n');
}
