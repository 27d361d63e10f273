using Campaigns.LoadTests.Answers;

namespace Campaigns.LoadTests.Auditing;

/// <summary>
/// Check-ins: every one that was told is one row of the user's own stream, with the points that were told.
/// </summary>
internal sealed class CheckInCheck : IJournalCheck
{
    private readonly ToldBook _book;
    private readonly Func<int, string> _user;
    private readonly Dictionary<UInt128, int> _operations = [];
    private readonly byte[] _rows;
    private readonly long[] _points;

    public CheckInCheck(ToldBook book, Func<int, string> user)
    {
        (_book, _user) = (book, user);
        (_rows, _points) = (new byte[book.Count], new long[book.Count]);
        _operations.EnsureCapacity(book.Count);
        for (var operation = 0; operation < book.Count; operation++)
        {
            _operations[AccountId.User(user(operation))] = operation;
        }
    }

    public IReadOnlyDictionary<string, long> Issued { get; } = new Dictionary<string, long>();

    public void Observe(JournalRow row, AuditFindings findings)
    {
        if (row.Kind is not ("CheckedIn" or "RewardGranted")
            || !_operations.TryGetValue(row.Stream, out var operation))
        {
            return;
        }

        if (row.Kind == "CheckedIn" && _rows[operation]++ > 0)
        {
            findings.Report("checked in twice", $"{_user(operation)}: version {row.Version}");
        }

        _points[operation] += row.Unit == "points" && row.Credit == row.Stream ? row.Amount : 0;
    }

    public void Finish(AuditFindings findings)
    {
        long done = 0, sum = 0;
        for (var operation = 0; operation < _rows.Length; operation++)
        {
            var told = _book[operation];
            if (told.Said == Said.Done)
            {
                done++;
                sum += told.Amount;
                if (_rows[operation] == 0)
                {
                    findings.Report("told and not in the ledger", $"{_user(operation)} was told {told.Amount} points");
                }
                else if (_points[operation] != told.Amount)
                {
                    findings.Report(
                        "told something else",
                        $"{_user(operation)} was told {told.Amount} points, the ledger has {_points[operation]}");
                }
            }
            else if (told.Said == Said.Refused && _rows[operation] > 0)
            {
                findings.Report("told no and checked in", _user(operation));
            }
        }

        findings.Note(
            $"check-ins: {_rows.Length} asked, {done} told ({sum} points); in the ledger {_rows.Sum(row => (long)row)} "
            + $"({_points.Sum()} points)");
    }
}
