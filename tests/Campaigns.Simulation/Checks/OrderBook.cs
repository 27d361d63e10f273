using Campaigns.Domain.Orders;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Simulation.Checks;

/// <summary>A partner's order, from its one entry.</summary>
internal sealed class OrderBook(Books books, StreamId stream, string name)
{
    public OrderReserved? Reserved { get; private set; }

    public bool IsTombstoned { get; private set; }

    public void Observe(Entry entry)
    {
        books.Require(Reserved is null && !IsTombstoned, Rules.OneOutcome, $"{name} has two outcomes");
        var reader = new PayloadReader(entry.Payload.Span);
        if (entry.Kind != EntryKind.OrderReserved)
        {
            IsTombstoned = true;
            return;
        }

        Reserved = OrderReserved.Read(ref reader);
        var hold = books.Spend?.Of(stream);
        books.Require(hold is not null && hold.Held.Amount == Reserved.Off && hold.Held.Payment == Reserved.Pay,
            Rules.Acknowledged, $"{name} is reserved with {Reserved.Off} off, the stock holds {hold?.Held.Amount}");
        books.Require(books.User(Reserved.User)?.HasAccepted(stream) == true, Rules.Acknowledged,
            $"{name} is reserved, its user has not accepted it");
    }
}
