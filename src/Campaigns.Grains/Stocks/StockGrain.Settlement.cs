using Campaigns.Contracts;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Grains.Stocks;

/// <summary>Expiry of holds, and the return of what remains once the campaign is over.</summary>
internal sealed partial class StockGrain
{
    private IGrainTimer? _timer;

    public async Task<AccountBalance[]> Settle()
    {
        var ready = await PrepareAsync();
        if (ready.Outcome == Outcome.Done)
        {
            StageOverdue(ready);
        }

        return await Accounts();
    }

    public async Task<AccountBalance[]> Accounts()
    {
        var accounts = new List<AccountBalance>();
        if (State.Book.IsOpen || State.Book.IsClosed)
        {
            var terms = State.Book.Terms;
            if (terms.Unit is { } unit)
            {
                accounts.Add(Describe(unit, State.Book.Money));
            }

            if (terms.PiecesLimited || terms.Unit is null)
            {
                accounts.Add(Describe(Units.Pieces, State.Book.Pieces));
            }
        }

        foreach (var funding in State.Unmet)
        {
            accounts.Add(Describe(
                funding.Pieces > 0 ? Units.Pieces : Units.Cash,
                new Domain.Stocks.StockAccount(
                    funding.Money + funding.Pieces, funding.Money + funding.Pieces, 0, 0, 0)));
        }

        return await Journal.DurableAsync()
            ? [.. accounts]
            : throw new TimeoutException("The stock's accounts are not durable yet.");
    }

    private AccountBalance Describe(string unit, Domain.Stocks.StockAccount account) => new(
        $"{_campaignId}/{_activityId}/0", unit, account.Funded, account.Remaining, account.Held, account.Issued,
        account.Refunded);

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

    private void StageOverdue(Ready ready)
    {
        var now = Instant.FromUnixTimeMilliseconds(Journal.Now);
        var over = ready.Live!.Definition.EndedAt is not null || now >= ready.Live.Document.Schedule.End;
        var book = State.Book;
        var opened = book.IsOpen || book.IsClosed;
        var closes = over && !book.IsClosed;
        if ((!closes && (!opened || book.Due(now).IsEmpty) && !State.HasUnmet) || !TryBegin(1))
        {
            return;
        }

        StageDue(ready);
        if (closes)
        {
            Take(book.DecideClose(now));
        }

        Journal.Commit();
    }
}
