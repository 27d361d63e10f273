using Campaigns.Contracts;
using NodaTime;

namespace Campaigns.Grains.Stocks;

/// <summary>Expiry of holds, and the return of what remains once the campaign is over.</summary>
internal sealed partial class StockGrain
{
    private IGrainTimer? _timer;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Forget(this.GetPrimaryKeyString());
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<AccountBalance[]> Settle()
    {
        // The campaign's silo may be ahead: a stock that is still open by its own clock may hold something yet.
        // What it was given last it may not have heard of: nothing of it may stay behind.
        var ready = await Journal.TryPullCreditsAsync() ? await PrepareAsync() : new Ready(Outcome.Unavailable);
        return ready.Outcome == Outcome.Done && StageOverdue(ready) && State.Book.IsClosed
            ? await Accounts()
            : throw new TimeoutException("The stock cannot be settled now.");
    }

    public async Task<AccountBalance[]> Accounts()
    {
        var accounts = Balances();
        return await Journal.DurableAsync()
            ? [.. accounts]
            : throw new TimeoutException("The stock's accounts are not durable yet.");
    }

    private void StartTimer() => _timer ??= this.RegisterGrainTimer(
        ExpireAsync,
        new GrainTimerCreationOptions
        {
            DueTime = Services.Options.ExpiryInterval,
            Period = Services.Options.ExpiryInterval,
            Interleave = true,
        });

    private async Task ExpireAsync()
    {
        var ready = await PrepareAsync();
        if (ready.Outcome == Outcome.Done)
        {
            StageOverdue(ready);
            metrics.Report(this.GetPrimaryKeyString(), [.. Balances()]);
        }
    }

    private List<AccountBalance> Balances() => StockAccounts.Describe(this.GetPrimaryKeyString(), State);

    /// <summary>False where the committer's queue has no room for it.</summary>
    private bool StageOverdue(Ready ready)
    {
        var now = Instant.FromUnixTimeMilliseconds(Journal.Now);
        var over = ready.Live!.Definition.EndedAt is not null || now >= ready.Live.Document.Schedule.End;
        var book = State.Book;
        var opened = book.IsOpen || book.IsClosed;
        var closes = over && !book.IsClosed;
        if (!closes && (!opened || book.Due(now).IsEmpty) && !State.HasUnmet)
        {
            return true;
        }

        if (!TryBegin(1, now))
        {
            return false;
        }

        StageDue(ready, now);
        if (closes)
        {
            Take(book.DecideClose(now));
        }

        Journal.Commit();
        return true;
    }
}
