using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Stocks;

/// <summary>Who receives what a confirmed hold had reserved.</summary>
public enum StockPayee
{
    /// <summary>Never valid.</summary>
    None = 0,

    /// <summary>The merchant's granted account, from which refunds come back.</summary>
    Merchant,

    /// <summary>The user's own account; only the user's own stream can debit it again.</summary>
    User,
}

/// <summary>What a stock was opened with; fixed for its life but for <see cref="PiecesPerDay"/>.</summary>
public sealed record StockTerms
{
    /// <summary>The stream's name, for example <c>pool/ny2027/spend/0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The budget's account: funds the stock and takes back what it did not issue.</summary>
    public required StreamId Campaign { get; init; }

    /// <summary>Unit of the money, minor units; null where the stock holds pieces alone.</summary>
    public string? Unit { get; init; }

    /// <summary>False: money is minted when it is held and unminted when a hold comes to nothing.</summary>
    public bool MoneyLimited { get; init; }

    /// <summary>False: pieces are minted likewise, within <see cref="PiecesPerDay"/>.</summary>
    public bool PiecesLimited { get; init; }

    /// <summary>Most pieces held or issued per business day; null: no daily bound.</summary>
    public int? PiecesPerDay { get; init; }

    public required StockPayee Payee { get; init; }

    /// <summary>
    /// Unit that credits a user with the quota of an order that came to nothing (<see cref="Units.Quota"/>); null
    /// where users have no quota.
    /// </summary>
    public string? QuotaUnit { get; init; }

    internal void Write(PayloadWriter writer)
    {
        writer.Text(Name).Fixed128(Campaign.Value).OptionalText(Unit).Flag(MoneyLimited).Flag(PiecesLimited);
        writer.Signed(PiecesPerDay ?? -1L).Unsigned((ulong)Payee).OptionalText(QuotaUnit);
    }

    internal static StockTerms Read(ref PayloadReader reader) => new()
    {
        Name = reader.Text(),
        Campaign = new StreamId(reader.Fixed128()),
        Unit = reader.OptionalText(),
        MoneyLimited = reader.Flag(),
        PiecesLimited = reader.Flag(),
        PiecesPerDay = reader.Int32() is >= 0 and var perDay ? perDay : null,
        Payee = (StockPayee)reader.Unsigned(),
        QuotaUnit = reader.OptionalText(),
    };
}
