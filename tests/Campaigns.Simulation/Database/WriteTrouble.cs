namespace Campaigns.Simulation.Database;

/// <summary>What a seed lets happen to one transaction.</summary>
internal enum WriteTrouble
{
    None,

    /// <summary>It takes long.</summary>
    Slow,

    /// <summary>Refused as a conflict although there was none, as a serialization failure is.</summary>
    Conflict,

    /// <summary>The connection broke before the transaction's end was sent.</summary>
    NotWritten,

    /// <summary>Another writer's uncommitted row stood in the way.</summary>
    Blocked,

    /// <summary>Committed, but the answer never came.</summary>
    UnknownCommitted,

    /// <summary>The answer never came, and nothing was committed.</summary>
    UnknownLost,

    /// <summary>The answer never came; the transaction ends some time later.</summary>
    UnknownLate,

    /// <summary>The process dies after the commit, before it is told.</summary>
    CrashAfterCommit,

    /// <summary>The process dies before the commit.</summary>
    CrashBeforeCommit,

    /// <summary>The process dies; what it had sent is committed later.</summary>
    CrashLateCommit,
}
