using Campaigns.Domain.Payloads;
using Campaigns.Domain.Time;

namespace Campaigns.Domain.CheckIns;

/// <summary>One user's check-ins in one activity.</summary>
public sealed class CheckInState
{
    // One entry per keyed check-in: at most one a day, and a campaign's days are bounded.
    private readonly SortedDictionary<ulong, CheckedIn> _operations = [];

    /// <summary>The latest check-in: what <c>already-checked-in</c> shows as the original.</summary>
    public CheckedIn? Last { get; private set; }

    public int? LastDay => Last?.Day;

    /// <summary>As of the last check-in; see <see cref="StreakOn"/> for what is left of it today.</summary>
    public int Streak => Last?.Streak ?? 0;

    public int Total { get; private set; }

    /// <summary>Check-ins in the month of the last one.</summary>
    public int InLastMonth { get; private set; }

    /// <summary>The streak as it stands on a day: 0 once a day was missed.</summary>
    public int StreakOn(int day) => LastDay >= day - 1 ? Streak : 0;

    public bool CheckedInOn(int day) => LastDay >= day;

    public int InMonth(int month) =>
        LastDay is { } day && BusinessCalendar.MonthOf(BusinessCalendar.DateOf(day)) == month ? InLastMonth : 0;

    /// <summary>The check-in that carried this Idempotency-Key; null where none did.</summary>
    public CheckedIn? Operation(ulong keyHash) => _operations.GetValueOrDefault(keyHash);

    public void Apply(CheckedIn checkedIn)
    {
        var month = BusinessCalendar.MonthOf(BusinessCalendar.DateOf(checkedIn.Day));
        InLastMonth = InMonth(month) + 1;
        Total++;
        Last = checkedIn;
        if (checkedIn.KeyHash != 0)
        {
            _operations[checkedIn.KeyHash] = checkedIn;
        }
    }

    /// <summary>For snapshots.</summary>
    public void Write(PayloadWriter payload)
    {
        payload.Signed(Total).Signed(InLastMonth).Flag(Last is not null);
        Last?.Write(payload);
        payload.Unsigned((ulong)_operations.Count);
        foreach (var operation in _operations.Values)
        {
            operation.Write(payload);
        }
    }

    public static CheckInState Read(ref PayloadReader payload)
    {
        var state = new CheckInState { Total = payload.Int32(), InLastMonth = payload.Int32() };
        state.Last = payload.Flag() ? CheckedIn.Read(ref payload) : null;
        for (var left = payload.Unsigned(); left > 0; left--)
        {
            var operation = CheckedIn.Read(ref payload);
            state._operations[operation.KeyHash] = operation;
        }

        return state;
    }
}
