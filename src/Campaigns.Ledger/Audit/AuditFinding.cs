using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Audit;

/// <summary>Something in the database that cannot be as the committers wrote it.</summary>
/// <param name="Version">The entry concerned; 0 where it is the stream as a whole.</param>
public sealed record AuditFinding(AuditFault Fault, StreamId Stream, long Version, string Detail);

public enum AuditFault
{
    /// <summary>Never valid.</summary>
    None = 0,

    /// <summary>
    /// An entry does not have the chain that its content and its predecessor give: it, or its place, was changed.
    /// </summary>
    Changed,

    /// <summary>An entry is missing that its neighbours, a seal, a link or an anchor names.</summary>
    Missing,

    /// <summary>Time runs backwards within a stream.</summary>
    TimeRunsBack,

    /// <summary>A batch's seal does not fit the rows that it names, or two seals name the same row.</summary>
    SealBroken,

    /// <summary>An entry that no committer's seal names: the seal was taken away, or the entry was put there.</summary>
    Unsealed,

    /// <summary>An entry cannot be read or cannot follow from those before it.</summary>
    Unreadable,

    /// <summary>A snapshot is not what the entries up to its version add up to.</summary>
    SnapshotDiffers,

    /// <summary>An account does not add up.</summary>
    Unbalanced,
}
