using Campaigns.Contracts;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Grains.Campaigns;
using Campaigns.Grains.Journal;
using Campaigns.Grains.Pools;
using Campaigns.Grains.Stocks;
using Campaigns.Ledger;
using Campaigns.Ledger.Audit;

namespace Campaigns.Grains.Auditing;

/// <summary>
/// Folds every stream by the grains' own rules and adds up the accounts of limited value: funded = remaining + held +
/// issued + refunded for each, and between a campaign and its pools nothing is lost. Snapshots must be what the entries
/// give.
/// </summary>
public sealed class CampaignAudit : IAuditObserver
{
    private readonly List<AccountBalance> _accounts = [];
    private readonly Dictionary<StreamId, List<AccountBalance>> _funded = [];
    private readonly HashSet<StreamId> _opened = [];
    private IJournaledState? _state;
    private string _name = "";
    private bool _damaged;

    /// <summary>
    /// Accounts of campaigns and pools, in the order of their names; complete after <see cref="Finish"/>.
    /// </summary>
    public IReadOnlyList<AccountBalance> Accounts => _accounts;

    public async ValueTask ObserveAsync(Entry entry, IJournalView view, Action<AuditFinding> report)
    {
        if (entry.IsUnreadable)
        {
            _damaged = true;
            return;
        }

        if (entry.Version == 1)
        {
            _damaged = false;
            _state = StateReplay.StateFor(entry.Kind);
            _name = _state is CampaignGrainState or PacketPoolState or StockGrainState
                ? new PayloadReader(entry.Payload.Span).Text()
                : "";
            if (_name.Length > 0 && StreamId.Of(_name) != entry.Stream)
            {
                report(new AuditFinding(AuditFault.Unreadable, entry.Stream, 1, $"calls itself {_name}"));
            }

            await CreditAsync(entry.Stream, view);
        }

        if (_damaged)
        {
            return;
        }

        // Until the entry is known to fit, the stream counts as damaged: what follows it would only repeat the finding.
        _damaged = true;
        _state?.Apply(entry);
        _damaged = false;
        if (entry.Kind == EntryKind.PoolFunded)
        {
            Remember(entry);
        }
    }

    public async ValueTask ObserveAsync(Snapshot snapshot, IJournalView view, Action<AuditFinding> report)
    {
        if (_damaged || _state is null || snapshot.Format != _state.Format)
        {
            return;
        }

        var replayed = await StateReplay.AtAsync(snapshot, view);
        if (replayed is null || !StateReplay.Agrees(snapshot, replayed))
        {
            report(new AuditFinding(
                AuditFault.SnapshotDiffers, snapshot.Stream, snapshot.Version, "is not what the entries add up to"));
        }
    }

    public ValueTask EndAsync(StreamId stream, IJournalView view, Action<AuditFinding> report)
    {
        var accounts = Describe();
        foreach (var account in accounts)
        {
            if (!account.Balanced)
            {
                report(new AuditFinding(
                    AuditFault.Unbalanced, stream, 0,
                    $"{account.Account} {account.Unit}: funded {account.Funded} is not remaining {account.Remaining} + "
                    + $"held {account.Held} + issued {account.Issued} + refunded {account.Refunded}"));
            }
        }

        _accounts.AddRange(accounts);
        if (accounts.Count > 0)
        {
            _opened.Add(stream);
        }

        _state = null;
        return ValueTask.CompletedTask;
    }

    /// <summary>Adds the pools that were funded but never asked, and compares each campaign with its pools.</summary>
    public void Finish(Action<AuditFinding> report)
    {
        foreach (var (pool, shares) in _funded)
        {
            if (!_opened.Contains(pool))
            {
                _accounts.AddRange(shares);
            }
        }

        var campaigns = _accounts.Where(account => !account.Account.Contains('/', StringComparison.Ordinal)).ToList();
        foreach (var campaign in campaigns)
        {
            var pools = _accounts.Where(account =>
                account.Unit == campaign.Unit
                && account.Account.StartsWith(campaign.Account + "/", StringComparison.Ordinal)).ToList();
            var outside = pools.Aggregate(
                Int128.Zero, (sum, pool) => sum + pool.Funded - (ComesBack(pool) ? pool.Refunded : 0));
            if (outside != campaign.Issued)
            {
                report(new AuditFinding(
                    AuditFault.Unbalanced, StreamId.Of(StreamNames.Campaign(campaign.Account)), 0,
                    $"{campaign.Account} gave its pools {campaign.Issued} {campaign.Unit}, "
                    + $"they account for {outside}"));
            }
        }

        _accounts.Sort(
            (one, other) => string.CompareOrdinal(one.Account + " " + one.Unit, other.Account + " " + other.Unit));
    }

    /// <summary>
    /// The pieces of a stock with money only follow from its events: no row carries them to the campaign.
    /// </summary>
    private bool ComesBack(AccountBalance pool) =>
        pool.Unit != Units.Pieces
        || !_accounts.Exists(other => other.Account == pool.Account && other.Unit != Units.Pieces);

    private async ValueTask CreditAsync(StreamId stream, IJournalView view)
    {
        if (_state is CampaignGrainState or PacketPoolState or StockGrainState)
        {
            var credits = await view.CreditsAsync(stream, CancellationToken.None);
            foreach (var credit in credits.Where(credit => !credit.IsUnreadable))
            {
                _state.Credit(credit);
            }
        }
    }

    private void Remember(Entry entry)
    {
        var name = new PayloadReader(entry.Payload.Span).Text();
        if (!_funded.TryGetValue(entry.Credit, out var shares))
        {
            _funded[entry.Credit] = shares = [];
        }

        var known = shares.FindIndex(share => share.Unit == entry.Unit);
        var amount = entry.Amount + (known < 0 ? 0 : shares[known].Funded);
        var account = new AccountBalance(Short(name), entry.Unit!, amount, amount, 0, 0, 0);
        if (known < 0)
        {
            shares.Add(account);
        }
        else
        {
            shares[known] = account;
        }
    }

    private List<AccountBalance> Describe()
    {
        switch (_state)
        {
            case CampaignGrainState campaign:
                return [.. campaign.Budget.Select(pair => new AccountBalance(
                    Short(_name), pair.Key, pair.Value.Funded, pair.Value.Remaining, 0,
                    pair.Value.Given - pair.Value.Returned, 0))];
            case PacketPoolState { Pool: { } pool } packets:
                var accounts = pool.Accounts;
                return
                [
                    new AccountBalance(
                        Short(_name), Units.Cash, packets.Funded, accounts.Remaining, accounts.Held, accounts.Issued,
                        accounts.Refunded),
                ];
            case StockGrainState stock:
                return StockAccounts.Describe(Short(_name), stock);
            default:
                return [];
        }
    }

    /// <summary>A pool's or campaign's name without the word for its kind.</summary>
    private static string Short(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
