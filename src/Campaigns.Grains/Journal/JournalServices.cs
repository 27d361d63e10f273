using Campaigns.Ledger;

namespace Campaigns.Grains.Journal;

/// <summary>What a silo gives its journaled grains.</summary>
internal sealed record JournalServices(
    IGroupCommitter Committer,
    ILoader Loader,
    ILedger Ledger,
    ChainKey ChainKey,
    TimeProvider Time,
    GrainOptions Options,
    JournalAlarm Alarm);
