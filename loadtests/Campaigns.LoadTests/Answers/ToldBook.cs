namespace Campaigns.LoadTests.Answers;

/// <summary>
/// All that clients were told of one kind of operation, to hold against the ledger afterwards. Operations are numbered
/// from 0; 40 bytes each, at most <see cref="Most"/>.
/// </summary>
internal sealed class ToldBook(string kind)
{
    /// <summary>Operations of one run; more would be told and not audited, so the run is refused before.</summary>
    public const int Most = 512 * ChunkSize;

    private const int ChunkSize = 1 << 16;
    private const int ExamplesKept = 20;

    private readonly Told[]?[] _chunks = new Told[Most / ChunkSize][];
    private readonly Lock _gate = new();
    private readonly List<string> _contradictions = [];
    private readonly List<string> _accounts = [];
    private int _count;

    public string Kind => kind;

    /// <summary>Operations that were begun.</summary>
    public int Count => Math.Min(Volatile.Read(ref _count), Most);

    /// <summary>Operations of which two answers differ.</summary>
    public long Contradictions { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<string> Examples => _contradictions;

    /// <summary>Names of paying accounts, in the order in which answers named them.</summary>
    public IReadOnlyList<string> Accounts => _accounts;

    /// <summary>Numbers a new operation.</summary>
    public int Begin()
    {
        var number = Interlocked.Increment(ref _count) - 1;
        return number < Most ? number : throw new InvalidOperationException($"more than {Most} operations");
    }

    public Told this[int operation] => _chunks[operation / ChunkSize]?[operation % ChunkSize] ?? default;

    /// <summary>The number of an account's name.</summary>
    public short Account(string name)
    {
        lock (_gate)
        {
            var known = _accounts.IndexOf(name);
            if (known < 0)
            {
                known = _accounts.Count;
                _accounts.Add(name);
            }

            return checked((short)known);
        }
    }

    /// <summary>Keeps the first definite answer, and counts those that say something else.</summary>
    public void Tell(int operation, Told told)
    {
        lock (_gate)
        {
            var chunk = _chunks[operation / ChunkSize] ??= new Told[ChunkSize];
            ref var first = ref chunk[operation % ChunkSize];
            if (first.Said == Said.Nothing)
            {
                first = told;
            }
            else if (first != told)
            {
                Contradictions++;
                if (_contradictions.Count < ExamplesKept)
                {
                    _contradictions.Add($"{kind} {operation}: told {Describe(first)}, then {Describe(told)}");
                }
            }
        }
    }

    private static string Describe(Told told) => told.Said == Said.Done
        ? $"{told.Amount} by entry {told.Entry} ({told.Digest:x16})"
        : $"a refusal ({told.Digest:x16})";
}
