using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>The user's check-ins, by activity.</summary>
internal sealed class CheckInPart : IUserPart
{
    private readonly SortedDictionary<ActivityRef, CheckInState> _states = [];

    public IReadOnlyList<EntryKind> Own { get; } = [EntryKind.CheckedIn];

    public IReadOnlyList<EntryKind> Credited => [];

    public CheckInState Of(ActivityRef activity)
    {
        if (!_states.TryGetValue(activity, out var state))
        {
            _states[activity] = state = new CheckInState();
        }

        return state;
    }

    public void Apply(Entry entry)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        var checkedIn = CheckedIn.Read(ref reader);
        Of(new ActivityRef(checkedIn.CampaignId, checkedIn.ActivityId)).Apply(checkedIn);
    }

    public void Credit(Entry entry)
    {
    }

    public void Write(PayloadWriter writer)
    {
        // States that were only looked at are not the entries' doing.
        var written = _states.Where(pair => pair.Value.Total > 0).ToList();
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
            _states[activity] = CheckInState.Read(ref reader);
        }
    }
}
