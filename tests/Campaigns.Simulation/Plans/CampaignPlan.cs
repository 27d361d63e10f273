using System.Globalization;
using System.Text;
using Campaigns.Domain.Documents;
using NodaTime;

namespace Campaigns.Simulation.Plans;

/// <summary>
/// The campaign of a seed: its document, and what the document means as the checks understand it. Activities: bag (red
/// packets), daily (check-in), spend (discounts).
/// </summary>
internal sealed class CampaignPlan
{
    public const string Id = "night";
    public const string Bag = "bag";
    public const string Daily = "daily";
    public const string Spend = "spend";

    public required string ZoneId { get; init; }

    /// <summary>When the first may begin.</summary>
    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required string Document { get; init; }

    public required AccessPlan Access { get; init; }

    public required BagPlan? Packets { get; init; }

    public required DailyPlan? CheckIns { get; init; }

    public required SpendPlan? Discounts { get; init; }

    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[ZoneId];

    public byte[] Utf8 => Encoding.UTF8.GetBytes(Document);

    /// <summary>Throws where the document is not what a planner could submit: then the seed says nothing.</summary>
    public void RequireValid()
    {
        var parsed = CampaignDocument.Parse(Utf8);
        if (parsed.Campaign is null)
        {
            var faults = string.Join("; ", parsed.Faults.Select(fault => $"{fault.Path} {fault.Message}"));
            throw new InvalidOperationException($"The plan's document is refused: {faults}\n{Document}");
        }
    }

    /// <summary>The business day of an instant, counted from 1970-01-01; computed apart from the product.</summary>
    public int DayOf(long unixMilliseconds)
    {
        var offset = Zone.GetUtcOffset(Instant.FromUnixTimeMilliseconds(unixMilliseconds));
        return (int)Math.Floor((unixMilliseconds + offset.Milliseconds) / 86_400_000.0);
    }

    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static int MonthOf(int day)
    {
        var date = DateTime.UnixEpoch.AddDays(day);
        return date.Year * 100 + date.Month;
    }
}

/// <param name="Limits">Null members: unlimited.</param>
internal sealed record BagPlan(
    int Shards,
    long Total,
    int Count,
    long Min,
    long Max,
    bool CarriesOver,
    IReadOnlyList<RoundOf> Rounds,
    LimitsOf Limits)
{
    /// <summary>Whether a pool can count the limits by itself, as the contract says.</summary>
    public bool IsLocal =>
        Shards == 1 || Rounds.Count == 1 || Limits is { Total: null, PerDay: null, PerMonth: null };
}

internal sealed record RoundOf(string Id, DateTimeOffset From, DateTimeOffset Until, int Count);

internal sealed record LimitsOf(int? Total, int? PerDay, int? PerMonth, int? PerRound)
{
    public string Json()
    {
        var members = new List<string>();
        Add("total", Total);
        Add("perDay", PerDay);
        Add("perMonth", PerMonth);
        Add("perRound", PerRound);
        return "{" + string.Join(", ", members) + "}";

        void Add(string name, int? limit)
        {
            if (limit is { } most)
                members.Add($"\"{name}\": {most}");
        }
    }
}

/// <param name="Points">Every day.</param>
/// <param name="Cash">Every day, from the activity's meter; 0: none.</param>
/// <param name="StreakDays">Extra points on this day of a streak; 0: none.</param>
internal sealed record DailyPlan(
    int Points, long Cash, long Cap, int StreakDays, bool Repeats, int StreakPoints, int? Cycle, LimitsOf Limits)
{
    /// <summary>The streak after a check-in on a day, by the last one; what the product must agree with.</summary>
    public int StreakAfter(int? lastDay, int lastStreak, int day)
    {
        var goesOn = lastDay == day - 1;
        return goesOn && !(lastStreak >= Cycle) ? lastStreak + 1 : 1;
    }

    public long PointsAt(int streak) =>
        Points + (StreakDays > 0 && (streak == StreakDays || (Repeats && streak % StreakDays == 0)) ? StreakPoints : 0);
}

/// <param name="Pieces">Of the whole activity; null: unlimited.</param>
internal sealed record SpendPlan(
    int? PerUserPerDay, int? PiecesPerDay, int? Pieces, TimeSpan HoldFor, long Spend, long Off, int? Percent,
    long? MaxOff, long? Cap, bool LimitsMoney, LimitsOf Limits)
{
    /// <summary>What a payment gets off; 0: nothing.</summary>
    public long OffOf(long amount)
    {
        if (amount < Spend)
            return 0;
        var off = Percent is { } percent ? amount * percent / 100 : Off;
        return Math.Min(off, Math.Min(amount, MaxOff ?? long.MaxValue));
    }
}
