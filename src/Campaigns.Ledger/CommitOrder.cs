namespace Campaigns.Ledger;

/// <summary>
/// The order of (stream, version) in which every transaction inserts: two writers then wait for each other's rows in
/// one direction only, so they cannot deadlock.
/// </summary>
internal static class CommitOrder
{
    public static IReadOnlyList<Commit> Sorted(IReadOnlyList<Commit> batch)
    {
        for (var i = 1; i < batch.Count; i++)
        {
            if (Compare(batch[i - 1], batch[i]) > 0)
            {
                var sorted = batch.ToArray();
                Array.Sort(sorted, Compare);
                return sorted;
            }
        }

        return batch;
    }

    public static int Compare(Commit left, Commit right)
    {
        var byStream = left.Stream.CompareTo(right.Stream);
        return byStream != 0 ? byStream : left.ExpectedVersion.CompareTo(right.ExpectedVersion);
    }
}
