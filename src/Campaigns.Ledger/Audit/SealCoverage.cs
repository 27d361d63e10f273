namespace Campaigns.Ledger.Audit;

/// <summary>
/// Holds the rows of the journal against what the committers have sealed: each row by exactly one seal. Both come in
/// the order of the rows and are merged; memory does not grow with the journal.
/// </summary>
/// <param name="capacity">Ranges of rows that are held in memory, see <see cref="SealedSlice"/>.</param>
internal sealed class SealCoverage(CommitterSeals seals, int capacity, Action<AuditFinding> report)
{
    private SealedSlice? _slice;
    private int _nextRange;
    private SealedRows _sealed;
    private RowPlace _passed;
    private SealedRows _unsealed;

    /// <summary>The journal's next row.</summary>
    public async ValueTask MeetAsync(Entry entry, CancellationToken cancellation)
    {
        if (seals.IsCommitter(entry.Stream))
        {
            return;
        }

        var place = new RowPlace(entry.Stream, entry.Version);
        await SkipToAsync(place, cancellation);
        if (!_sealed.IsEmpty && _sealed.Start == place)
        {
            Pass(place with { Version = place.Version + 1 });
        }
        else
        {
            AddUnsealed(entry);
        }
    }

    /// <summary>The journal has no further rows.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellation)
    {
        while (await AdvanceAsync(cancellation))
        {
            ReportMissing(_sealed);
            Pass(new RowPlace(_sealed.Stream, _sealed.End));
        }

        ReportUnsealed();
    }

    private async ValueTask SkipToAsync(RowPlace place, CancellationToken cancellation)
    {
        while (await AdvanceAsync(cancellation) && _sealed.Start.CompareTo(place) < 0)
        {
            var missing = _sealed.Before(place);
            ReportMissing(missing);
            Pass(new RowPlace(missing.Stream, missing.End));
        }
    }

    private void Pass(RowPlace place)
    {
        _passed = place;
        _sealed = _sealed.After(place);
    }

    /// <summary>Makes the next sealed row the current one; false where there is none.</summary>
    private async ValueTask<bool> AdvanceAsync(CancellationToken cancellation)
    {
        while (_sealed.IsEmpty)
        {
            if (_slice is null || _nextRange == _slice.Ranges.Count)
            {
                if (_slice is { End: null })
                {
                    return false;
                }

                var from = _slice?.End ?? RowPlace.First;
                _slice = null;
                _slice = await SealedSlice.ReadAsync(seals, from, capacity, cancellation);
                _nextRange = 0;
                continue;
            }

            var range = _slice.Ranges[_nextRange++];
            _sealed = range.After(_passed);
            if (range.Before(_passed) is { IsEmpty: false } twice)
            {
                report(new AuditFinding(
                    AuditFault.SealBroken, twice.Stream, twice.From,
                    $"sealed by another batch and again by {Name(twice)}{AndMore(twice)}"));
            }
        }

        return true;
    }

    private void ReportMissing(SealedRows missing) => report(new AuditFinding(
        AuditFault.Missing, missing.Stream, missing.From, $"sealed by {Name(missing)}{AndMore(missing)}"));

    private void AddUnsealed(Entry entry)
    {
        if (_unsealed.Stream == entry.Stream && _unsealed.End == entry.Version)
        {
            _unsealed = _unsealed with { End = entry.Version + 1 };
            return;
        }

        ReportUnsealed();
        _unsealed = new SealedRows(entry.Stream, entry.Version, entry.Version + 1, 0, 0);
    }

    private void ReportUnsealed()
    {
        if (!_unsealed.IsEmpty)
        {
            report(new AuditFinding(
                AuditFault.Unsealed, _unsealed.Stream, _unsealed.From, $"no seal names it{AndMore(_unsealed)}"));
        }
    }

    private string Name(SealedRows rows) => $"version {rows.Seal} of {seals.StreamOf(rows.Committer)}";

    private static string AndMore(SealedRows rows) =>
        rows.End - rows.From > 1 ? $", and so up to version {rows.End - 1}" : "";
}
