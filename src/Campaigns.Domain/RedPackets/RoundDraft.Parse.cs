using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using NodaTime;

namespace Campaigns.Domain.RedPackets;

/// <summary>A round as the document gives it: with a count, or with amounts of its own.</summary>
/// <param name="IsSound">Nothing was wrong with the round itself.</param>
internal sealed record RoundDraft(
    ObjectReader Reader,
    string? Id,
    Instant? From,
    Instant? Until,
    int? Count,
    ImmutableArray<Denomination> Amounts,
    bool IsSound)
{
    public bool IsListed => Reader.Has("amounts");

    /// <summary>Null where the document has no rounds.</summary>
    public static List<RoundDraft>? Read(ObjectReader parent, ActivityHead head)
    {
        if (!parent.Has("rounds"))
        {
            return null;
        }

        var rounds = new List<RoundDraft>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        Instant? before = null;
        foreach (var reader in parent.Objects("rounds", 1, DocumentLimits.Rounds))
        {
            var round = ReadOne(reader, head);
            if (round.Id is { } id && !ids.Add(id))
            {
                reader.Fault("id", $"'{id}' is used twice");
            }

            if (round.From < before)
            {
                reader.Fault("from", "must not be earlier than the end of the round before");
            }

            before = round.Until ?? before;
            rounds.Add(round);
        }

        return rounds;
    }

    private static RoundDraft ReadOne(ObjectReader reader, ActivityHead head)
    {
        var id = reader.Id("id");
        var from = reader.Time("from");
        var until = reader.Time("until");
        var count = reader.OptionalCount("count", 1, DocumentLimits.Shards * RedPacketActivity.MaxPacketsPerShard);
        var amounts = DenominationReader.Optional(reader);
        reader.Done();
        if (from < head.Opens || from >= head.Closes)
        {
            reader.Fault("from", "is outside the activity's time");
        }

        if (until > head.Closes)
        {
            reader.Fault("until", "is outside the activity's time");
        }

        if (from >= until)
        {
            reader.Fault("until", "must be later than from");
        }

        return new RoundDraft(reader, id, from, until, count, amounts, reader.Clean);
    }
}
