using Microsoft.Extensions.Logging;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>What a <see cref="GroupCommitter"/> works with.</summary>
/// <param name="Scheduler">Where its loops run: the thread pool's, or that of a simulation.</param>
public sealed record GroupCommitServices(
    ILedger Ledger,
    ChainKey ChainKey,
    GroupCommitOptions Options,
    TimeProvider Time,
    ILogger<GroupCommitter> Log,
    TaskScheduler Scheduler);
