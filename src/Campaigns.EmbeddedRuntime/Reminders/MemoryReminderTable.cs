using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Forgets with the process.</summary>
internal sealed class MemoryReminderTable : IEmbeddedReminderTable
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(GrainId Grain, string Name), StoredReminder> _rows = new(
        Comparer<(GrainId Grain, string Name)>.Create((a, b) =>
            a.Grain.CompareTo(b.Grain) is var order and not 0 ? order : string.CompareOrdinal(a.Name, b.Name)));

    private long _lastVersion;

    public Task<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<StoredReminder>>([.. _rows.Values]);
    }

    public Task<StoredReminder> WriteAsync(GrainId grain, string name, DateTime startAt, TimeSpan period)
    {
        lock (_gate)
        {
            var version = (++_lastVersion).ToString(CultureInfo.InvariantCulture);
            return Task.FromResult(_rows[(grain, name)] = new StoredReminder(grain, name, startAt, period, version));
        }
    }

    public Task<bool> RemoveAsync(GrainId grain, string name, string eTag)
    {
        lock (_gate)
        {
            var removable = !_rows.TryGetValue((grain, name), out var row) || row.ETag == eTag;
            if (removable)
                _rows.Remove((grain, name));
            return Task.FromResult(removable);
        }
    }
}
