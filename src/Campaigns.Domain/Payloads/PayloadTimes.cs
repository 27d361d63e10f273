using NodaTime;

namespace Campaigns.Domain.Payloads;

/// <summary>
/// Instants as milliseconds since the Unix epoch, dates as days since 1970-01-01; both zig-zag integers.
/// </summary>
public static class PayloadTimes
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    /// <summary>Finer parts than milliseconds are cut off.</summary>
    public static PayloadWriter Time(this PayloadWriter writer, Instant value) =>
        writer.Signed(value.ToUnixTimeMilliseconds());

    public static PayloadWriter OptionalTime(this PayloadWriter writer, Instant? value) =>
        value is { } time ? writer.Flag(true).Time(time) : writer.Flag(false);

    public static PayloadWriter Date(this PayloadWriter writer, LocalDate value) => writer.Signed(DayNumber(value));

    public static Instant Time(this ref PayloadReader reader) =>
        Instant.FromUnixTimeMilliseconds(reader.Signed());

    public static Instant? OptionalTime(this ref PayloadReader reader) => reader.Flag() ? reader.Time() : null;

    public static LocalDate Date(this ref PayloadReader reader) => DateOf(reader.Int32());

    /// <summary>Days since 1970-01-01.</summary>
    public static int DayNumber(LocalDate date) => Period.DaysBetween(Epoch, date);

    public static LocalDate DateOf(int dayNumber) => Epoch.PlusDays(dayNumber);
}
