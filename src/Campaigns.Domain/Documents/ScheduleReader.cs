using Campaigns.Domain.Conditions;

namespace Campaigns.Domain.Documents;

/// <summary>
/// Reads the schedule: warmUp &lt;= start &lt; end &lt;= claimUntil, where warmUp defaults to start and claimUntil to
/// end; and early access, which begins within the warm-up.
/// </summary>
internal static class ScheduleReader
{
    public static Schedule? Read(ObjectReader parent)
    {
        if (parent.Object("schedule") is not { } reader)
        {
            return null;
        }

        var start = reader.Time("start");
        var end = reader.Time("end");
        var warmUp = reader.Has("warmUp") ? reader.Time("warmUp") : start;
        var claimUntil = reader.Has("claimUntil") ? reader.Time("claimUntil") : end;
        reader.Done();
        if (warmUp > start)
        {
            reader.Fault("warmUp", "must not be later than start");
        }

        if (start >= end)
        {
            reader.Fault("end", "must be later than start");
        }

        if (claimUntil < end)
        {
            reader.Fault("claimUntil", "must not be earlier than end");
        }

        if (!reader.Clean)
        {
            return null;
        }

        if (claimUntil - warmUp > DocumentLimits.Campaign)
        {
            parent.Fault("schedule", $"must not last longer than {DocumentLimits.Campaign.Days} days");
        }

        return new Schedule(warmUp!.Value, start!.Value, end!.Value, claimUntil!.Value);
    }

    public static EarlyAccess? ReadEarlyAccess(ObjectReader parent, Schedule? schedule)
    {
        if (parent.OptionalObject("earlyAccess") is not { } reader)
        {
            return null;
        }

        var from = reader.Time("from");
        var conditions = ConditionReader.List(reader, "for", 1);
        reader.Done();
        if (schedule is not null && (from < schedule.WarmUp || from >= schedule.Start))
        {
            reader.Fault("from", "must be within the warm-up: not before warmUp, and before start");
        }

        return from is { } instant ? new EarlyAccess(instant, conditions) : null;
    }
}
