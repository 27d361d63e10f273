using Campaigns.Contracts;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;

namespace Campaigns.Grains.Stocks;

/// <summary>The accounts of an open stock as they are shown.</summary>
internal static class StockAccounts
{
    /// <summary>What it was given and has not met yet remains, whether it is open or not.</summary>
    public static List<AccountBalance> Describe(string account, StockGrainState state)
    {
        var accounts = state.Book.IsOpen || state.Book.IsClosed ? Describe(account, state.Book) : [];
        foreach (var (unit, amount) in state.UnmetFunding)
        {
            var known = accounts.FindIndex(one => one.Unit == unit);
            if (known < 0)
            {
                accounts.Add(new AccountBalance(account, unit, amount, amount, 0, 0, 0));
                continue;
            }

            var met = accounts[known];
            accounts[known] = met with { Funded = met.Funded + amount, Remaining = met.Remaining + amount };
        }

        return accounts;
    }

    private static List<AccountBalance> Describe(string account, HoldBook book)
    {
        var accounts = new List<AccountBalance>();
        if (book.Terms.Unit is { } unit)
        {
            accounts.Add(Describe(account, unit, book.Money));
        }

        if (book.Terms.PiecesLimited || book.Terms.Unit is null)
        {
            accounts.Add(Describe(account, Units.Pieces, book.Pieces));
        }

        return accounts;
    }

    private static AccountBalance Describe(string account, string unit, StockAccount stock) =>
        new(account, unit, stock.Funded, stock.Remaining, stock.Held, stock.Issued, stock.Refunded);
}
