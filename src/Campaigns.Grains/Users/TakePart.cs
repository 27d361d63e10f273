using Campaigns.Domain.Payloads;
using Campaigns.Domain.Takes;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>What the user has taken, by activity.</summary>
internal sealed class TakePart : IUserPart
{
    private readonly SortedDictionary<ActivityRef, TakeState> _states = [];

    public IReadOnlyList<EntryKind> Own { get; } =
        [EntryKind.TakeIntended, EntryKind.TakeMade, EntryKind.TakeRefused, EntryKind.TakeMissed];

    public IReadOnlyList<EntryKind> Credited => [];

    public TakeState Of(ActivityRef activity)
    {
        if (!_states.TryGetValue(activity, out var state))
        {
            _states[activity] = state = new TakeState();
        }

        return state;
    }

    public void Apply(Entry entry)
    {
        var named = new PayloadReader(entry.Payload.Span);
        var state = Of(ActivityRef.Read(ref named));
        var reader = new PayloadReader(entry.Payload.Span);
        switch (entry.Kind)
        {
            case EntryKind.TakeIntended:
                state.Apply(TakeIntended.Read(ref reader));
                break;
            case EntryKind.TakeMade:
                state.Apply(TakeMade.Read(ref reader), entry.Version);
                break;
            case EntryKind.TakeRefused:
                state.Apply(TakeRefused.Read(ref reader));
                break;
            default:
                state.Apply(TakeMissed.Read(ref reader));
                break;
        }
    }

    public void Credit(Entry entry)
    {
    }

    public void Write(PayloadWriter writer)
    {
        // States that were only looked at are not the entries' doing.
        var written = _states.Where(pair => !pair.Value.IsUntouched).ToList();
        writer.Unsigned((ulong)written.Count);
        foreach (var (activity, state) in written)
        {
            activity.Write(writer);
            state.Write(writer);
        }
    }

    public void Restore(ref PayloadReader reader)
    {
        for (var left = reader.Unsigned(); left > 0; left--)
        {
            var activity = ActivityRef.Read(ref reader);
            _states[activity] = TakeState.Read(ref reader);
        }
    }
}
