using NodaTime;

namespace Campaigns.Domain.Time;

/// <summary>
/// Business days and months of a zone: from one local midnight to the next, 23 to 25 hours long where clocks change.
/// Days are numbered since 1970-01-01.
/// </summary>
public readonly record struct BusinessCalendar(DateTimeZone Zone)
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public LocalDate DateOf(Instant instant) => instant.InZone(Zone).Date;

    public int DayOf(Instant instant) => DayOf(DateOf(instant));

    /// <summary>The month as year times 100 plus month: 202702.</summary>
    public int MonthOf(Instant instant) => MonthOf(DateOf(instant));

    public static int DayOf(LocalDate date) => Period.DaysBetween(Epoch, date);

    public static LocalDate DateOf(int day) => Epoch.PlusDays(day);

    public static int MonthOf(LocalDate date) => (date.Year * 100) + date.Month;

    /// <summary>
    /// The first instant of the date; where clocks jump over its midnight (or over all of it), the first instant
    /// after the jump.
    /// </summary>
    public Instant StartOf(LocalDate date)
    {
        var midnight = Zone.MapLocal(date.AtMidnight());
        return midnight.Count == 0 ? midnight.LateInterval.Start : midnight.First().ToInstant();
    }

    public Instant StartOf(int day) => StartOf(DateOf(day));

    /// <summary>When the business day that contains <paramref name="instant"/> is over.</summary>
    public Instant StartOfNextDay(Instant instant) => StartOf(DateOf(instant).PlusDays(1));
}
