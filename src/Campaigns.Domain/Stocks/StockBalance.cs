using Campaigns.Domain.Payloads;

namespace Campaigns.Domain.Stocks;

/// <summary>
/// Moves one unit of a stock between its accounts. What cannot be is a bug and throws before anything moves; a stock
/// without limit mints what it holds and unmints what comes back.
/// </summary>
internal sealed class StockBalance(bool limited)
{
    public bool Limited => limited;

    public StockAccount Account { get; private set; }

    /// <summary>What an unlimited stock can still mint is bounded by the range of the integers alone.</summary>
    public bool CanHold(long amount) =>
        amount <= (limited ? Account.Remaining : long.MaxValue - Account.Funded);

    public bool CanFund(long amount) => limited ? amount <= long.MaxValue - Account.Funded : amount == 0;

    public void Fund(long amount)
    {
        Require(amount >= 0 && CanFund(amount), amount, "fund");
        Become(Account with { Funded = Account.Funded + amount, Remaining = Account.Remaining + amount });
    }

    public void Hold(long amount)
    {
        Require(amount >= 0 && CanHold(amount), amount, "hold");
        Become(Account with
        {
            Funded = Account.Funded + (limited ? 0 : amount),
            Remaining = Account.Remaining - (limited ? amount : 0),
            Held = Account.Held + amount,
        });
    }

    public void Release(long amount, bool closed)
    {
        Require(amount >= 0 && amount <= Account.Held, amount, "release");
        TakeBack(Account with { Held = Account.Held - amount }, amount, closed);
    }

    public void Issue(long amount)
    {
        Require(amount >= 0 && amount <= Account.Held, amount, "issue");
        Become(Account with { Held = Account.Held - amount, Issued = Account.Issued + amount });
    }

    public void Return(long amount, bool closed)
    {
        Require(amount >= 0 && amount <= Account.Issued, amount, "return");
        TakeBack(Account with { Issued = Account.Issued - amount }, amount, closed);
    }

    public void Refund(long amount)
    {
        Require(amount >= 0 && amount <= Account.Remaining, amount, "refund");
        Become(Account with { Remaining = Account.Remaining - amount, Refunded = Account.Refunded + amount });
    }

    public void Write(PayloadWriter writer)
    {
        writer.Signed(Account.Funded).Signed(Account.Remaining).Signed(Account.Held);
        writer.Signed(Account.Issued).Signed(Account.Refunded);
    }

    public static StockBalance Read(ref PayloadReader reader, bool limited)
    {
        var balance = new StockBalance(limited);
        balance.Become(new StockAccount(
            reader.Signed(), reader.Signed(), reader.Signed(), reader.Signed(), reader.Signed()));
        return balance;
    }

    private void TakeBack(StockAccount left, long amount, bool closed) => Become((limited, closed) switch
    {
        (false, _) => left with { Funded = left.Funded - amount },
        (true, true) => left with { Refunded = left.Refunded + amount },
        (true, false) => left with { Remaining = left.Remaining + amount },
    });

    private void Become(StockAccount account)
    {
        if (account.Funded != checked(account.Remaining + account.Held + account.Issued + account.Refunded))
            throw new InvalidOperationException($"A stock would lose or make value: {Account} to {account}.");
        Account = account;
    }

    private void Require(bool possible, long amount, string what)
    {
        if (!possible)
            throw new InvalidOperationException($"A stock of {Account} cannot {what} {amount}.");
    }
}
