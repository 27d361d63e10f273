namespace Campaigns.LoadTests.Auditing;

/// <summary>What the audit found wrong, and what it looked at. All are counted, the first are kept.</summary>
internal sealed class AuditFindings
{
    private const int Kept = 100;

    private readonly List<string> _examples = [];
    private readonly List<string> _facts = [];
    private readonly SortedDictionary<string, long> _byFault = new(StringComparer.Ordinal);

    public long Count { get; private set; }

    public bool Holds => Count == 0;

    public IReadOnlyList<string> Examples => _examples;

    public IReadOnlyDictionary<string, long> ByFault => _byFault;

    /// <summary>What was compared, for the reports.</summary>
    public IReadOnlyList<string> Facts => _facts;

    /// <param name="fault">Its kind, the same words for the same kind.</param>
    public void Report(string fault, string detail, long times = 1)
    {
        Count += times;
        _byFault[fault] = _byFault.GetValueOrDefault(fault) + times;
        if (_examples.Count < Kept)
        {
            _examples.Add($"{fault}: {detail}");
        }
    }

    public void Note(string fact) => _facts.Add(fact);
}
