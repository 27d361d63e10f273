namespace Campaigns.Domain.RedPackets;

/// <summary>The month around a business day, both counted in days from 1970-01-01.</summary>
internal static class BusinessMonth
{
    private const int Epoch = 719_162;

    /// <summary>First day of the month, and first day of the next.</summary>
    public static (int From, int Until) Of(int day)
    {
        var date = DateOnly.FromDayNumber(day + Epoch);
        var first = date.AddDays(1 - date.Day);
        return (first.DayNumber - Epoch, first.AddMonths(1).DayNumber - Epoch);
    }
}
