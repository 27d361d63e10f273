using Campaigns.Ledger;

namespace Campaigns.Grains.Journal;

/// <summary>
/// What a stream's entries add up to. The same Apply runs when an entry is decided and when it is replayed, so it must
/// not look at clocks, definitions or other streams.
/// </summary>
internal interface IJournaledState
{
    /// <summary>The <see cref="Format"/> of states whose streams are so short that they are always replayed.</summary>
    const int NoSnapshots = 0;

    /// <summary>Version of the snapshot's layout; snapshots of another format are not read.</summary>
    int Format { get; }

    /// <summary>Folds in an entry of the own stream.</summary>
    void Apply(Entry entry);

    /// <summary>
    /// Folds in an entry of another stream that credits this account; order between sources does not matter.
    /// </summary>
    void Credit(Entry entry);

    /// <summary>The part of the state that a snapshot writes anew each time.</summary>
    byte[] Write();

    /// <summary>Immutable segments from the given index on; empty for small states.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> Segments(int from);

    void Restore(Snapshot snapshot);
}
