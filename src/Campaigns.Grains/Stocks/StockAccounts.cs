using Campaigns.Contracts;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;

namespace Campaigns.Grains.Stocks;

/// <summary>The accounts of an open stock as they are shown.</summary>
internal static class StockAccounts
{
    public static List<AccountBalance> Describe(string account, HoldBook book)
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

    public static AccountBalance Describe(string account, string unit, StockAccount stock) =>
        new(account, unit, stock.Funded, stock.Remaining, stock.Held, stock.Issued, stock.Refunded);
}
