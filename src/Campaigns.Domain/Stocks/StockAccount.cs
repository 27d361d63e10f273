namespace Campaigns.Domain.Stocks;

/// <summary>Where the value of a stock is; always <c>Funded = Remaining + Held + Issued + Refunded</c>.</summary>
/// <param name="Funded">Ever given to the stock; where it is not limited, what is held or issued now.</param>
/// <param name="Remaining">Free to be held; 0 where the stock is not limited.</param>
/// <param name="Held">Reserved for orders.</param>
/// <param name="Issued">Granted for good, less what came back.</param>
/// <param name="Refunded">Given back to the budget.</param>
public readonly record struct StockAccount(long Funded, long Remaining, long Held, long Issued, long Refunded);
