using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>Draws that were let go to a pool and have no settled answer yet.</summary>
internal sealed class IntentPart : IUserPart
{
    private readonly List<DrawIntended> _open = [];

    public IReadOnlyList<EntryKind> Own { get; } = [EntryKind.DrawIntended, EntryKind.DrawSettled];

    public IReadOnlyList<EntryKind> Credited => [];

    /// <summary>Oldest first.</summary>
    public IEnumerable<DrawIntended> Open(ActivityRef activity) => _open.Where(intent => intent.Activity == activity);

    public void Apply(Entry entry)
    {
        if (entry.Kind == EntryKind.DrawIntended)
        {
            _open.Add(DrawIntended.Read(entry.Payload.Span));
            return;
        }

        var settled = DrawSettled.Read(entry.Payload.Span);
        _open.RemoveAll(intent => intent.Activity == settled.Activity && intent.KeyHash == settled.KeyHash);
    }

    public void Credit(Entry entry)
    {
    }

    public void Write(PayloadWriter writer)
    {
        writer.Unsigned((ulong)_open.Count);
        foreach (var intent in _open)
        {
            writer.Bytes(intent.Write());
        }
    }

    public void Restore(ref PayloadReader reader)
    {
        for (var left = reader.Unsigned(); left > 0; left--)
        {
            _open.Add(DrawIntended.Read(reader.Bytes()));
        }
    }
}
