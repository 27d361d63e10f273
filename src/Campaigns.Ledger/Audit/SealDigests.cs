using Campaigns.Domain.Values;
using Campaigns.Ledger.GroupCommit;

namespace Campaigns.Ledger.Audit;

/// <summary>
/// Recomputes the digest of each seal from the chains of its rows. Rows are looked up so many at a time, of one seal
/// or of several; that one is missing is for <see cref="SealCoverage"/> to say.
/// </summary>
internal sealed class SealDigests(IJournalView view, Action<AuditFinding> report) : IDisposable
{
    private const int RowsPerQuery = 1_000;

    private readonly List<(StreamId Stream, long Version)> _rows = [];
    private readonly List<(int Rows, Entry Seal, UInt128 Digest)> _ends = [];
    private readonly RowDigest _digest = new();
    private bool _complete = true;

    public async ValueTask AddAsync(Entry entry, BatchSeal seal, CancellationToken cancellation)
    {
        foreach (var range in seal.Ranges)
        {
            for (var row = 0; row < range.Count; row++)
            {
                _rows.Add((range.Stream, range.From + row));
                if (_rows.Count == RowsPerQuery)
                {
                    await LookUpAsync(cancellation);
                }
            }
        }

        _ends.Add((_rows.Count, entry, seal.Digest));
    }

    public ValueTask FinishAsync(CancellationToken cancellation) => LookUpAsync(cancellation);

    public void Dispose() => _digest.Dispose();

    private async ValueTask LookUpAsync(CancellationToken cancellation)
    {
        var chains = await view.ChainsAsync(_rows, cancellation);
        var ended = 0;
        for (var row = 0; row <= _rows.Count; row++)
        {
            for (; ended < _ends.Count && _ends[ended].Rows == row; ended++)
            {
                Compare(_ends[ended].Seal, _ends[ended].Digest);
            }

            if (row < _rows.Count && chains[row] is { } chain)
            {
                _digest.Add(_rows[row].Stream, _rows[row].Version, chain);
            }
            else
            {
                _complete &= row == _rows.Count;
            }
        }

        _rows.Clear();
        _ends.Clear();
    }

    private void Compare(Entry seal, UInt128 digest)
    {
        if (_digest.Finish() != digest && _complete)
        {
            report(new AuditFinding(
                AuditFault.SealBroken, seal.Stream, seal.Version, "the rows that it seals have other chains"));
        }

        _complete = true;
    }
}
