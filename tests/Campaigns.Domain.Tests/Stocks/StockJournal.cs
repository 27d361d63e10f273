using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Stocks;

/// <summary>
/// A stock with the journal that its events would write and the ledger that sums up the journal's transfers, both kept
/// apart from the stock so that they can be compared with it.
/// </summary>
internal sealed class StockJournal
{
    public const string CampaignName = "campaign/ny2027";
    public static readonly StreamId Campaign = StreamId.Of(CampaignName);

    private readonly List<StockEntry> _entries = [];
    private readonly Dictionary<(StreamId Account, string Unit), long> _ledger = [];

    public HoldBook Book { get; } = new();

    public IReadOnlyList<StockEntry> Entries => _entries;

    /// <summary>Credits of quota that the stock has written, in order.</summary>
    public List<(StreamId User, QuotaRestored Restored)> Quotas { get; } = [];

    public static StockTerms Discounts(int? perDay = null, bool money = true, bool pieces = true) => new()
    {
        Name = StreamNames.Pool("ny2027", "spend", 0),
        Campaign = Campaign,
        Unit = Units.Discount,
        MoneyLimited = money,
        PiecesLimited = pieces,
        PiecesPerDay = perDay,
        Payee = StockPayee.Merchant,
        QuotaUnit = Units.Quota("ny2027", "spend"),
    };

    public static StockTerms CashMeter() => new()
    {
        Name = StreamNames.Pool("ny2027", "daily", 0),
        Campaign = Campaign,
        Unit = Units.Cash,
        MoneyLimited = true,
        Payee = StockPayee.User,
    };

    public static StreamId Order(int number) => StreamId.Of(StreamNames.Order("shop", $"{number}"));

    public static StreamId User(int number) => StreamId.Of(StreamNames.User($"user-{number}"));

    public StockJournal Open(StockTerms terms, long money, long pieces)
    {
        Commit(Book.DecideOpen(terms).Event!);
        Fund(1, money, pieces);
        return this;
    }

    /// <summary>The campaign's own entry and the stock's answer to it.</summary>
    public Decision<StockEvent> Fund(long version, long money, long pieces, int? perDay = null)
    {
        var decision = Book.DecideFund(new FundStock(version, money, pieces, perDay));
        if (!decision.Accepted)
            return decision;
        var terms = Book.Terms;
        Move(Campaign, StreamId.Of(terms.Name), terms.Unit ?? Units.Pieces, terms.Unit is null ? pieces : money);
        Commit(decision.Event);
        return decision;
    }

    public Decision<TEvent> Commit<TEvent>(Decision<TEvent> decision)
        where TEvent : StockEvent
    {
        if (decision.Accepted)
            Commit(decision.Event);
        return decision;
    }

    public void Commit(StockEvent decided)
    {
        var entries = decided is StockOpened or StockHeld ? default : Book.Entries(decided);
        Book.Apply(decided);
        var after = Book.Entries(decided);
        if (!entries.IsDefault)
            Same(after).ShouldBe(Same(entries), "rows do not depend on whether they are asked before or after");
        foreach (var entry in after)
            Write(entry);
    }

    public void Expire(Instant now)
    {
        foreach (var due in Book.Due(now))
            Commit(due);
    }

    public long Balance(string account, string unit) => Balance(StreamId.Of(account), unit);

    public long Balance(StreamId account, string unit) => _ledger.GetValueOrDefault((account, unit));

    /// <summary>Another activation that knows nothing but the rows.</summary>
    public HoldBook Replay()
    {
        var book = new HoldBook();
        foreach (var entry in _entries)
            book.Apply(StockEvent.Read(entry.Kind, entry.Payload.Span));
        return book;
    }

    /// <summary>Another activation that knows a snapshot.</summary>
    public HoldBook Reload()
    {
        var segments = Enumerable.Range(0, Book.FrozenSegments()).Select(Book.WriteSegment);
        return HoldBook.Read(Book.WriteState(), [.. segments.Select(bytes => (ReadOnlyMemory<byte>)bytes)]);
    }

    /// <summary>The sums of the transfers are what the stock says, and no value was made or lost.</summary>
    public void ShouldBalance(IEnumerable<string> merchants)
    {
        var terms = Book.Terms;
        var unit = terms.Unit ?? Units.Pieces;
        var (limited, account) = terms.Unit is null
            ? (terms.PiecesLimited, Book.Pieces)
            : (terms.MoneyLimited, Book.Money);
        var own = Balance(terms.Name, unit);
        own.ShouldBe(limited ? account.Remaining : -account.Funded);
        Balance(StreamNames.Held(terms.Name), unit).ShouldBe(account.Held);
        merchants.Sum(merchant => Balance(StreamNames.Granted(terms.Name, merchant), unit)).ShouldBe(account.Issued);
        Balance(Campaign, unit).ShouldBe(limited ? account.Refunded - account.Funded : 0);
        foreach (var each in (StockAccount[])[Book.Money, Book.Pieces])
        {
            each.Funded.ShouldBe(each.Remaining + each.Held + each.Issued + each.Refunded);
            new[] { each.Remaining, each.Held, each.Issued, each.Refunded }.Min().ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    private static string Same(IEnumerable<StockEntry> entries) => string.Join('\n', entries.Select(entry =>
        entry with { Payload = default } + Convert.ToHexString(entry.Payload.Span)));

    private void Write(StockEntry entry)
    {
        _entries.Add(entry);
        if (entry.Kind == EntryKind.QuotaRestored)
        {
            entry.Unit.ShouldBe(Book.Terms.QuotaUnit);
            entry.Amount.ShouldBe(1);
            Quotas.Add((entry.Credit, (QuotaRestored)StockEvent.Read(entry.Kind, entry.Payload.Span)));
            return;
        }

        (entry.Amount > 0).ShouldBe(!entry.Credit.IsNone);
        Move(entry.Debit, entry.Credit, entry.Unit, entry.Amount);
    }

    private void Move(StreamId debit, StreamId credit, string? unit, long amount)
    {
        if (amount == 0 || unit is null)
            return;
        _ledger[(debit, unit)] = Balance(debit, unit) - amount;
        _ledger[(credit, unit)] = Balance(credit, unit) + amount;
    }
}
