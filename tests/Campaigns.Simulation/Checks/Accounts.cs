using Campaigns.Domain.Values;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.Checks;

/// <summary>Balances by double entry, kept apart from the product's own sums.</summary>
internal sealed class Accounts(Action<Violation> fail)
{
    private readonly Dictionary<(StreamId Account, string Unit), long> _balances = [];
    private readonly HashSet<(StreamId, string)> _minting = [];
    private readonly List<(StreamId Account, string Unit)> _debited = [];

    public long Of(StreamId account, string unit) => _balances.GetValueOrDefault((account, unit));

    /// <summary>The account may run below zero: it makes what it gives.</summary>
    public void LetMint(StreamId account, string unit) => _minting.Add((account, unit));

    public void Mint(StreamId credit, string unit, long amount) =>
        _balances[(credit, unit)] = checked(Of(credit, unit) + amount);

    public void Move(StreamId debit, StreamId credit, string unit, long amount)
    {
        _balances[(debit, unit)] = checked(Of(debit, unit) - amount);
        _balances[(credit, unit)] = checked(Of(credit, unit) + amount);
        _debited.Add((debit, unit));
    }

    /// <summary>After each transaction: nobody has paid what it did not have.</summary>
    public void CheckDebited(Func<StreamId, string> nameOf)
    {
        foreach (var key in _debited)
        {
            if (_balances[key] < 0 && !_minting.Contains(key))
                fail(new Violation(
                    Rules.Conservation, $"{nameOf(key.Account)} has {_balances[key]} {key.Unit}"));
        }

        _debited.Clear();
    }
}
