using Campaigns.Domain.Values;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Checks;

/// <summary>What clients ask for in this run: no effect may come from anything else.</summary>
internal sealed class Requests
{
    private readonly HashSet<(string User, ulong Key, ulong Body)> _operations = [];
    private readonly HashSet<(StreamId Order, string Payment)> _confirms = [];
    private readonly HashSet<(StreamId Order, string Refund, long Amount)> _refunds = [];
    private readonly Dictionary<StreamId, SortedSet<long>> _amounts = [];

    /// <summary>The item is being sent, for the first time or again.</summary>
    public void Add(ClientItem item)
    {
        switch (item)
        {
            case DrawItem draw:
                _operations.Add((StreamNames.User(draw.User), draw.Key, draw.Body));
                break;
            case CheckInItem checkIn:
                _operations.Add((StreamNames.User(checkIn.User), checkIn.Key, checkIn.Body));
                break;
            case ReserveItem reserve:
                if (!_amounts.TryGetValue(IdOf(reserve.Order), out var amounts))
                    _amounts[IdOf(reserve.Order)] = amounts = [];
                amounts.Add(reserve.Amount);
                break;
            case ConfirmItem confirm:
                _confirms.Add((IdOf(confirm.Order), confirm.Payment));
                break;
            case RefundItem refund:
                _refunds.Add((IdOf(refund.Order), refund.Refund, refund.Amount));
                break;
        }
    }

    public static StreamId IdOf(string order) => StreamId.Of(Names.OrderOf(order));

    public bool Has(string user, ulong key, ulong body) => _operations.Contains((user, key, body));

    public bool Confirms(StreamId order, string payment) => _confirms.Contains((order, payment));

    public bool Refunds(StreamId order, string refund, long amount) => _refunds.Contains((order, refund, amount));

    public IEnumerable<long> Amounts(StreamId order) => _amounts.TryGetValue(order, out var amounts) ? amounts : [];
}
