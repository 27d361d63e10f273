using Campaigns.Contracts;
using NodaTime;

namespace Campaigns.Grains.Stocks;

/// <summary>Expiry of holds, and the return of what remains once the campaign is over.</summary>
internal sealed partial class StockGrain
{
    private IGrainTimer? _timer;

    public async Task<AccountBalance[]> Settle()
    {
        // The campaign's silo may be ahead: a stock that is still open by its own clock may hold something yet.
        var ready = await PrepareAsync();
        return ready.Outcome == Outcome.Done && StageOverdue(ready) && State.Book.IsClosed
            ? await Accounts()
            : throw new TimeoutException("The stock cannot be settled now.");
    }

    public async Task<AccountBalance[]> Accounts()
    {
        var name = $"{_campaignId}/{_activityId}/0";
        var accounts = State.Book.IsOpen || State.Book.IsClosed ? StockAccounts.Describe(name, State.Book) : [];
        foreach (var (unit, amount) in State.UnmetFunding)
        {
            accounts.Add(new AccountBalance(name, unit, amount, amount, 0, 0, 0));
        }

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
        }
    }

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
