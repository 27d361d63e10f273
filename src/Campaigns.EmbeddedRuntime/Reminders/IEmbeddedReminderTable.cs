using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A reminder as it is stored. Times are UTC.</summary>
public sealed record StoredReminder(GrainId Grain, string Name, DateTime StartAt, TimeSpan Period, string ETag);

/// <summary>
/// Where reminders are kept. What was written must be there after a crash, unless the table is for tests.
/// </summary>
public interface IEmbeddedReminderTable
{
    /// <summary>All reminders, when the silo starts.</summary>
    Task<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Inserts or replaces the reminder of this grain and name and returns it with its new version.</summary>
    Task<StoredReminder> WriteAsync(GrainId grain, string name, DateTime startAt, TimeSpan period);

    /// <summary>
    /// Removes the reminder if it still has this version; false when it has another. True when there is none.
    /// </summary>
    Task<bool> RemoveAsync(GrainId grain, string name, string eTag);
}
