using System.Collections.Immutable;
using Campaigns.Domain.Conditions;
using NodaTime;

namespace Campaigns.Domain.Documents;

/// <summary>The members that every activity may have, as a type's parser gets them.</summary>
/// <param name="Opens">Nobody takes part earlier: the window's start, else the campaign's with early access.</param>
/// <param name="Closes">The window's end, else the campaign's.</param>
internal sealed record ActivityHead(
    string Id,
    ImmutableSortedDictionary<string, string> Name,
    Window? Window,
    ImmutableArray<Condition> Requires,
    ImmutableArray<Segment> Segments,
    UserLimits PerUser,
    long? CapTotal,
    Instant Opens,
    Instant Closes)
{
    private const int MostUses = 1_000_000;

    /// <param name="hasRounds">The type knows rounds, so that a limit per round means something.</param>
    public static ActivityHead Read(ObjectReader reader, string id, bool hasRounds)
    {
        var name = NameReader.Optional(reader);
        var window = ReadWindow(reader);
        var requires = ConditionReader.OptionalList(reader, "requires");
        var segments = ReadSegments(reader);
        var perUser = ReadLimits(reader, hasRounds);
        var cap = ReadCap(reader);
        return new ActivityHead(
            id, name, window, requires, segments, perUser, cap,
            window?.From ?? reader.Context.Opens, window?.Until ?? reader.Context.Closes);
    }

    private static Window? ReadWindow(ObjectReader parent)
    {
        if (parent.OptionalObject("window") is not { } reader)
        {
            return null;
        }

        var from = reader.OptionalTime("from");
        var until = reader.OptionalTime("until");
        reader.Done();
        var opens = reader.Context.Opens;
        var closes = reader.Context.Closes;
        if (from < opens || from >= closes)
        {
            reader.Fault("from", "is outside the campaign");
        }

        if (until > closes || until <= opens)
        {
            reader.Fault("until", "is outside the campaign");
        }

        if (from >= until)
        {
            reader.Fault("until", "must be later than from");
        }

        return new Window(from, until);
    }

    private static ImmutableArray<Segment> ReadSegments(ObjectReader parent)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reader in parent.OptionalObjects("segments", 0, DocumentLimits.Segments))
        {
            var id = reader.Id("id");
            var when = ConditionReader.List(reader, "when", 1);
            reader.Done();
            if (id is null)
            {
                continue;
            }

            if (!ids.Add(id))
            {
                reader.Fault("id", $"'{id}' is used twice");
            }

            segments.Add(new Segment(id, when));
        }

        return segments.ToImmutable();
    }

    private static UserLimits ReadLimits(ObjectReader parent, bool hasRounds)
    {
        if (parent.OptionalObject("perUser") is not { } reader)
        {
            return UserLimits.None;
        }

        var total = reader.OptionalCount("total", 1, MostUses);
        var perDay = reader.OptionalCount("perDay", 1, MostUses);
        var perMonth = reader.OptionalCount("perMonth", 1, MostUses);
        var perRound = reader.OptionalCount("perRound", 1, MostUses);
        if (!hasRounds && reader.Has("perRound"))
        {
            reader.Fault("perRound", "this type has no rounds");
        }

        reader.Done();
        return new UserLimits(total, perDay, perMonth, perRound);
    }

    private static long? ReadCap(ObjectReader parent)
    {
        if (parent.OptionalObject("caps") is not { } reader)
        {
            return null;
        }

        var total = reader.OptionalInteger("total", 0, DocumentLimits.Amount);
        reader.Done();
        return total;
    }
}
