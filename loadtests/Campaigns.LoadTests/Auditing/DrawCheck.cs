using Campaigns.LoadTests.Answers;

namespace Campaigns.LoadTests.Auditing;

/// <summary>
/// Draws: every one that was told is exactly one row, of the entry and amount that were told, to that user; nobody has
/// a row who was told no, nobody has two, nobody has one who never asked.
/// </summary>
internal sealed class DrawCheck : IJournalCheck
{
    private const string Kind = "PacketDrawn";

    private readonly ToldBook _book;
    private readonly Func<int, string> _user;
    private readonly Dictionary<UInt128, string> _pools = [];
    private readonly Dictionary<UInt128, int> _operations = [];
    private readonly Dictionary<string, long> _issued = new(StringComparer.Ordinal);
    private readonly byte[] _rows;
    private readonly List<UInt128> _toldPools = [];
    private long _drawn;
    private long _unacknowledged;

    /// <param name="pools">campaign/activity/shard of every shard that may have paid.</param>
    /// <param name="user">Who asked for an operation; one operation per user.</param>
    public DrawCheck(ToldBook book, IEnumerable<string> pools, Func<int, string> user)
    {
        (_book, _user, _rows) = (book, user, new byte[book.Count]);
        foreach (var pool in pools)
        {
            _pools[AccountId.Pool(pool)] = pool;
            _issued[pool] = 0;
        }

        _toldPools.AddRange(book.Accounts.Select(AccountId.Pool));
        _operations.EnsureCapacity(book.Count);
        for (var operation = 0; operation < book.Count; operation++)
        {
            _operations[AccountId.User(user(operation))] = operation;
        }
    }

    public IReadOnlyDictionary<string, long> Issued => _issued;

    public void Observe(JournalRow row, AuditFindings findings)
    {
        if (row.Kind != Kind || !_pools.TryGetValue(row.Stream, out var pool))
        {
            return;
        }

        _drawn++;
        _issued[pool] += row.Amount;
        if (!_operations.TryGetValue(row.Credit, out var operation))
        {
            findings.Report(
                "paid to a stranger", $"{pool} entry {row.Version}: {row.Amount} to account {row.Credit:x32}");
            return;
        }

        var told = _book[operation];
        if (_rows[operation]++ > 0)
        {
            findings.Report("paid twice", $"{_user(operation)} again by {pool} entry {row.Version}: {row.Amount}");
        }
        else if (told.Said == Said.Refused)
        {
            findings.Report("told no and paid", $"{_user(operation)}: {pool} entry {row.Version}: {row.Amount}");
        }
        else if (told.Said == Said.Done
            && (told.Amount != row.Amount || told.Entry != row.Version || _toldPools[told.Account] != row.Stream))
        {
            findings.Report(
                "told something else",
                $"{_user(operation)} was told {told.Amount} by {_book.Accounts[told.Account]} entry {told.Entry}, "
                + $"the ledger has {row.Amount} by {pool} entry {row.Version}");
        }

        _unacknowledged += told.Said == Said.Nothing ? 1 : 0;
    }

    public void Finish(AuditFindings findings)
    {
        long done = 0, refused = 0, sum = 0;
        for (var operation = 0; operation < _rows.Length; operation++)
        {
            var told = _book[operation];
            refused += told.Said == Said.Refused ? 1 : 0;
            if (told.Said != Said.Done)
            {
                continue;
            }

            done++;
            sum += told.Amount;
            if (_rows[operation] == 0)
            {
                findings.Report(
                    "told and not in the ledger",
                    $"{_user(operation)} was told {told.Amount} by {_book.Accounts[told.Account]} entry {told.Entry}");
            }
        }

        findings.Note(
            $"draws: {_rows.Length} asked, {done} told won ({sum} fen), {refused} told no; in the ledger {_drawn} rows "
            + $"({_issued.Values.Sum()} fen), {_unacknowledged} of them of users who got no answer");
    }
}
