using Campaigns.Domain.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Campaigns.Domain.Tests.Time;

public sealed class BusinessCalendarTests
{
    [Fact]
    public void Shanghai_ChangesDaysAtFourInTheAfternoonUtc()
    {
        var calendar = In("Asia/Shanghai");

        calendar.DateOf(Instant.FromUtc(2027, 2, 5, 15, 59)).ShouldBe(new LocalDate(2027, 2, 5));
        calendar.DateOf(Instant.FromUtc(2027, 2, 5, 16, 0)).ShouldBe(new LocalDate(2027, 2, 6));
        calendar.StartOfNextDay(Instant.FromUtc(2027, 2, 5, 15, 59)).ShouldBe(Instant.FromUtc(2027, 2, 5, 16, 0));
        calendar.StartOfNextDay(Instant.FromUtc(2027, 2, 5, 16, 0)).ShouldBe(Instant.FromUtc(2027, 2, 6, 16, 0));
        calendar.MonthOf(Instant.FromUtc(2027, 2, 28, 16, 0)).ShouldBe(202703);
    }

    [Theory]
    [InlineData("Europe/Berlin", 2027, 3, 28, 23)]
    [InlineData("Europe/Berlin", 2027, 10, 31, 25)]
    [InlineData("Europe/Berlin", 2027, 6, 1, 24)]
    [InlineData("America/Sao_Paulo", 2018, 11, 4, 23)]
    [InlineData("Africa/Cairo", 2024, 4, 26, 23)]
    [InlineData("Australia/Lord_Howe", 2027, 10, 3, 23.5)]
    public void DayOfAClockChange_HasItsOwnLength(string zone, int year, int month, int day, double hours)
    {
        var calendar = In(zone);
        var date = new LocalDate(year, month, day);
        var start = calendar.StartOf(date);

        (calendar.StartOfNextDay(start) - start).TotalHours.ShouldBe(hours);
        calendar.DateOf(start).ShouldBe(date);
        calendar.DateOf(start - Duration.Epsilon).ShouldBe(date.PlusDays(-1));
    }

    [Fact]
    public void DayThatClocksSkip_IsEmptyAndEndsWhereItBegins()
    {
        var calendar = In("Pacific/Apia");

        calendar.StartOf(new LocalDate(2011, 12, 30)).ShouldBe(calendar.StartOf(new LocalDate(2011, 12, 31)));
        calendar.StartOfNextDay(calendar.StartOf(new LocalDate(2011, 12, 29)))
            .ShouldBe(calendar.StartOf(new LocalDate(2011, 12, 31)));
    }

    [Fact]
    public void Days_AreNumberedFromTheEpoch()
    {
        In("UTC").DayOf(Instant.FromUtc(1970, 1, 1, 23, 59)).ShouldBe(0);
        In("UTC").DayOf(Instant.FromUtc(1969, 12, 31, 23, 59)).ShouldBe(-1);
        BusinessCalendar.DayOf(new LocalDate(2027, 2, 5)).ShouldBe(20_854);
        BusinessCalendar.DateOf(20_854).ShouldBe(new LocalDate(2027, 2, 5));
    }

    [Fact]
    public void EveryInstant_LiesBetweenItsDaysStartAndTheNext()
    {
        var zones = Gen.Elements(
            "Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca",
            "America/Havana", "Asia/Beirut", "Pacific/Chatham", "UTC");
        var instants = Gen.Choose(0, int.MaxValue)
            .Select(value => Instant.FromUnixTimeSeconds(1_400_000_000L + (value / 2)));

        Prop.ForAll(zones.ToArbitrary(), instants.ToArbitrary(), (zone, instant) =>
        {
            var calendar = In(zone);
            var day = calendar.DayOf(instant);

            calendar.StartOf(day).ShouldBeLessThanOrEqualTo(instant);
            calendar.StartOfNextDay(instant).ShouldBeGreaterThan(instant);
            calendar.StartOfNextDay(instant).ShouldBe(calendar.StartOf(day + 1));
            calendar.DayOf(calendar.StartOf(day)).ShouldBe(day);
            calendar.DayOf(calendar.StartOf(day) - Duration.FromSeconds(1)).ShouldBe(day - 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static BusinessCalendar In(string zone) => new(DateTimeZoneProviders.Tzdb[zone]);
}
