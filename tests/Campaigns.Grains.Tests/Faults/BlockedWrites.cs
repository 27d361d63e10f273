using Campaigns.Domain.Values;
using Campaigns.Ledger.Volatile;

namespace Campaigns.Grains.Tests.Faults;

/// <summary>A silo's writes wait; those without the given kind of entry pass. Disposal lets all go on.</summary>
internal sealed class BlockedWrites : IDisposable
{
    private readonly TestSilo _silo;
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    public BlockedWrites(TestSilo silo, EntryKind? kind = null)
    {
        _silo = silo;
        silo.Ledger.OnWrite = async batch =>
        {
            if (kind is null || batch.Any(commit => commit.Entries.Any(entry => entry.Kind == kind)))
            {
                Interlocked.Increment(ref _waiting);
                await _gate.Task;
            }

            return WriteFault.None;
        };
    }

    public bool IsHolding => Volatile.Read(ref _waiting) > 0;

    public void Dispose()
    {
        _silo.Ledger.OnWrite = null;
        _gate.TrySetResult();
    }
}
