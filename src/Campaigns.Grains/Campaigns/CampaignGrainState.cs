using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using Campaigns.Ledger;
using NodaTime;

namespace Campaigns.Grains.Campaigns;

/// <summary>A campaign's life and its budget. Never in a snapshot: its stream is short.</summary>
internal sealed class CampaignGrainState : IJournaledState
{
    private readonly SortedDictionary<string, BudgetAccount> _budget = new(StringComparer.Ordinal);

    public CampaignState Life { get; } = new();

    /// <summary>Unit to what became of it.</summary>
    public IReadOnlyDictionary<string, BudgetAccount> Budget => _budget;

    /// <summary>Every pool has given back what it had left after the end.</summary>
    public bool PoolsSettled { get; private set; }

    public int Format => IJournaledState.NoSnapshots;

    public void Apply(Entry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.BudgetFunded:
                var funded = Account(entry.Unit!);
                _budget[entry.Unit!] = funded with { Funded = checked(funded.Funded + entry.Amount) };
                break;
            case EntryKind.PoolFunded:
                var given = Account(entry.Unit!);
                _budget[entry.Unit!] = given with { Given = checked(given.Given + entry.Amount) };
                break;
            case EntryKind.PoolsSettled:
                PoolsSettled = true;
                break;
            default:
                var reader = new PayloadReader(entry.Payload.Span);
                Life.Apply(CampaignEvent.Read(entry.Kind, ref reader), Instant.FromUnixTimeMilliseconds(entry.At));
                break;
        }
    }

    public void Credit(Entry entry)
    {
        var account = Account(entry.Unit!);
        _budget[entry.Unit!] = account with { Returned = checked(account.Returned + entry.Amount) };
    }

    public byte[] Write() =>
        throw new InvalidOperationException("A campaign's stream is replayed from its first entry.");

    public IReadOnlyList<ReadOnlyMemory<byte>> Segments(int from) => [];

    public void Restore(Snapshot snapshot) =>
        throw new InvalidOperationException("A campaign's stream is replayed from its first entry.");

    private BudgetAccount Account(string unit) => _budget.GetValueOrDefault(unit);
}

/// <summary>Minor units or pieces of one unit of the budget.</summary>
/// <param name="Given">To pools.</param>
/// <param name="Returned">By pools.</param>
internal readonly record struct BudgetAccount(long Funded, long Given, long Returned)
{
    public long Remaining => Funded - Given + Returned;
}
