using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>A user's balances, and a part for each mechanic.</summary>
internal sealed class UserState : IJournaledState
{
    private readonly SortedDictionary<string, long> _balances = new(StringComparer.Ordinal);
    private readonly IUserPart[] _parts;

    public UserState() => _parts = [Facts, CheckIns, Draws, Intents, Discounts, Takes];

    public FactsPart Facts { get; } = new();

    public CheckInPart CheckIns { get; } = new();

    public DrawPart Draws { get; } = new();

    public IntentPart Intents { get; } = new();

    public DiscountPart Discounts { get; } = new();

    public TakePart Takes { get; } = new();

    /// <summary>Unit to minor units or pieces.</summary>
    public IReadOnlyDictionary<string, long> Balances => _balances;

    public int Format => 2;

    public void Apply(Entry entry)
    {
        if (entry.Unit is { } unit)
        {
            Add(unit, entry.Credit == entry.Stream ? entry.Amount : -entry.Amount);
        }

        foreach (var part in _parts)
        {
            if (part.Own.Contains(entry.Kind))
            {
                part.Apply(entry);
            }
        }
    }

    public void Credit(Entry entry)
    {
        if (entry.Unit is { } unit && !Units.IsMark(unit))
        {
            Add(unit, entry.Amount);
        }

        foreach (var part in _parts)
        {
            if (part.Credited.Contains(entry.Kind))
            {
                part.Credit(entry);
            }
        }
    }

    public byte[] Write()
    {
        var writer = new PayloadWriter(256).Unsigned((ulong)_balances.Count);
        foreach (var (unit, amount) in _balances)
        {
            writer.Text(unit).Signed(amount);
        }

        foreach (var part in _parts)
        {
            part.Write(writer);
        }

        return writer.ToArray();
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Segments(int from) => [];

    public void Restore(Snapshot snapshot)
    {
        var reader = new PayloadReader(snapshot.State.Span);
        for (var left = reader.Unsigned(); left > 0; left--)
        {
            var unit = reader.Text();
            _balances[unit] = reader.Signed();
        }

        foreach (var part in _parts)
        {
            part.Restore(ref reader);
        }
    }

    private void Add(string unit, long amount) =>
        _balances[unit] = checked(_balances.GetValueOrDefault(unit) + amount);
}
