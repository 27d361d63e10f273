using Campaigns.Domain.Payloads;
using Campaigns.Domain.Time;

namespace Campaigns.Domain.Takes;

/// <summary>One user's takes in one activity.</summary>
public sealed class TakeState
{
    // One entry per take: users pay for them, or are limited in their number.
    private readonly SortedDictionary<ulong, MadeTake> _made = [];
    private readonly SortedDictionary<ulong, TakeIntended> _open = [];
    private int _missedOn;
    private int _missed;

    /// <summary>Asked for and not settled: a stock's answer was lost.</summary>
    public IReadOnlyCollection<TakeIntended> Open => _open.Values;

    /// <summary>Takes that count: made, or on their way.</summary>
    public int Total => _made.Count + _open.Count;

    public bool IsUntouched => Total == 0 && _missed == 0;

    public MadeTake? Made(ulong keyHash) => _made.GetValueOrDefault(keyHash);

    public TakeIntended? Intended(ulong keyHash) => _open.GetValueOrDefault(keyHash);

    public int OnDay(int day) => All.Count(taken => taken.Day == day);

    public int InMonth(int month) =>
        All.Count(taken => BusinessCalendar.MonthOf(BusinessCalendar.DateOf(taken.Day)) == month);

    /// <summary>Wrong passwords on a business day.</summary>
    public int MissedOn(int day) => _missedOn == day ? _missed : 0;

    private IEnumerable<Taken> All =>
        _made.Values.Select(made => made.Taken).Concat(_open.Values.Select(open => open.Taken));

    public void Apply(TakeIntended intended) => _open[intended.Taken.KeyHash] = intended;

    /// <param name="version">Of the entry in the user's stream.</param>
    public void Apply(TakeMade made, long version)
    {
        _open.Remove(made.Taken.KeyHash);
        _made[made.Taken.KeyHash] = new MadeTake(made.Taken, version);
    }

    public void Apply(TakeRefused refused) => _open.Remove(refused.KeyHash);

    public void Apply(TakeMissed missed) =>
        (_missedOn, _missed) = (missed.Day, MissedOn(missed.Day) + 1);

    /// <summary>For snapshots.</summary>
    public void Write(PayloadWriter payload)
    {
        payload.Signed(_missedOn).Signed(_missed).Unsigned((ulong)_made.Count);
        foreach (var (taken, version) in _made.Values)
        {
            taken.Write(payload);
            payload.Signed(version);
        }

        payload.Unsigned((ulong)_open.Count);
        foreach (var open in _open.Values)
        {
            open.Write(payload);
        }
    }

    public static TakeState Read(ref PayloadReader payload)
    {
        var state = new TakeState { _missedOn = payload.Int32(), _missed = payload.Int32() };
        for (var left = payload.Unsigned(); left > 0; left--)
        {
            var taken = Taken.Read(ref payload);
            state._made[taken.KeyHash] = new MadeTake(taken, payload.Signed());
        }

        for (var left = payload.Unsigned(); left > 0; left--)
        {
            state.Apply(TakeIntended.Read(ref payload));
        }

        return state;
    }
}

/// <param name="Version">Of its entry in the user's stream.</param>
public sealed record MadeTake(Taken Taken, long Version);
