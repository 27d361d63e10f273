using Campaigns.Ledger;

namespace Campaigns.Host.Testing;

/// <summary>
/// Breaks the first promise: says "committed" before it has written. What was said is written in order.
/// </summary>
internal sealed class HastyLedger(ILedger inner, TimeSpan later, TimeProvider time) : LedgerDecorator(inner)
{
    private readonly ILedger _inner = inner;
    private readonly Lock _gate = new();
    private Task _written = Task.CompletedTask;

    public override ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _written = WriteLaterAsync(_written, Task.Delay(later, time, CancellationToken.None), batch);
        }

        return ValueTask.FromResult(WriteOutcome.Committed);
    }

    private async Task WriteLaterAsync(Task before, Task due, IReadOnlyList<Commit> batch)
    {
        await before;
        await due;
        await _inner.WriteAsync(batch, CancellationToken.None);
    }
}
