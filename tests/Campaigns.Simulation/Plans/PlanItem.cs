using Campaigns.Contracts;
using Campaigns.Simulation.Database;

namespace Campaigns.Simulation.Plans;

/// <summary>One thing that a seed does to the system. What is left out changes nothing in the others.</summary>
/// <param name="Number">Its place in the plan; names it when a run is shortened.</param>
/// <param name="Session">Sessions follow one another; within one everything may overlap.</param>
/// <param name="At">Since the session's begin.</param>
internal abstract record PlanItem(int Number, int Session, TimeSpan At);

/// <summary>Time leaps before the session begins.</summary>
internal sealed record LeapItem(int Number, int Session, LeapTo To, TimeSpan By)
    : PlanItem(Number, Session, TimeSpan.Zero);

internal enum LeapTo
{
    Later,

    /// <summary>By: relative to the campaign zone's next midnight.</summary>
    Midnight,

    /// <summary>By: relative to midnight in Greenwich.</summary>
    UtcMidnight,

    /// <summary>By: relative to the next begin or end of a round.</summary>
    RoundEdge,

    /// <summary>By: relative to the campaign's end.</summary>
    CampaignEnd,
}

/// <summary>How a client behaves.</summary>
/// <param name="Tries">After so many attempts without an answer it gives up; 0: never.</param>
/// <param name="Twice">It sends everything twice at once.</param>
/// <param name="Again">It asks again after it was answered.</param>
internal readonly record struct Manner(int Tries, bool Twice, bool Again);

internal abstract record ClientItem(int Number, int Session, TimeSpan At, Manner Manner)
    : PlanItem(Number, Session, At);

/// <param name="Key">Of the operation; items of the same user, activity and key are the same operation.</param>
/// <param name="ByUser">Through the user's grain although the pool could decide.</param>
internal sealed record DrawItem(
    int Number, int Session, TimeSpan At, Manner Manner, string User, ulong Key, ulong Body, string? Round, bool ByUser)
    : ClientItem(Number, Session, At, Manner);

internal sealed record CheckInItem(
    int Number, int Session, TimeSpan At, Manner Manner, string User, ulong Key, ulong Body)
    : ClientItem(Number, Session, At, Manner);

internal sealed record ReserveItem(
    int Number, int Session, TimeSpan At, Manner Manner, string User, string Order, string Merchant, long Amount,
    ulong Body)
    : ClientItem(Number, Session, At, Manner);

internal sealed record ConfirmItem(
    int Number, int Session, TimeSpan At, Manner Manner, string Order, string Payment, long Paid)
    : ClientItem(Number, Session, At, Manner);

internal sealed record CancelItem(int Number, int Session, TimeSpan At, Manner Manner, string Order)
    : ClientItem(Number, Session, At, Manner);

internal sealed record RefundItem(
    int Number, int Session, TimeSpan At, Manner Manner, string Order, string Refund, long Amount)
    : ClientItem(Number, Session, At, Manner);

internal sealed record LookItem(int Number, int Session, TimeSpan At, Manner Manner, string User)
    : ClientItem(Number, Session, At, Manner);

internal sealed record LookAtOrderItem(int Number, int Session, TimeSpan At, Manner Manner, string Order)
    : ClientItem(Number, Session, At, Manner);

internal sealed record OperatorItem(int Number, int Session, TimeSpan At, Manner Manner, LifecycleAction Action)
    : ClientItem(Number, Session, At, Manner);

/// <summary>More budget: a planner revises the campaign, an approver approves it, until the step is in force.</summary>
internal sealed record ReviseItem(int Number, int Session, TimeSpan At, Manner Manner, int Step)
    : ClientItem(Number, Session, At, Manner);

internal abstract record FaultItem(int Number, int Session, TimeSpan At) : PlanItem(Number, Session, At);

internal sealed record KillItem(int Number, int Session, TimeSpan At, int Node, TimeSpan Down)
    : FaultItem(Number, Session, At);

/// <param name="Evicts">The others take it for dead meanwhile.</param>
internal sealed record FreezeItem(int Number, int Session, TimeSpan At, int Node, TimeSpan For, bool Evicts)
    : FaultItem(Number, Session, At);

/// <param name="EndsLosers">Of two activations the one that lost its place is ended when the sides agree again.</param>
internal sealed record SplitItem(int Number, int Session, TimeSpan At, int Mask, TimeSpan For, bool EndsLosers)
    : FaultItem(Number, Session, At);

internal sealed record LoseItem(int Number, int Session, TimeSpan At, int Node, int Which, LossOf Of)
    : FaultItem(Number, Session, At);

internal enum LossOf
{
    /// <summary>The activation ends as an idle one does.</summary>
    Memory,

    /// <summary>The process forgets that it has it: the next call makes a second one there.</summary>
    Place,

    /// <summary>The cluster places it elsewhere and does not tell it.</summary>
    Cluster,
}

/// <param name="For">Of slow and late ones.</param>
internal sealed record WriteItem(int Number, int Session, TimeSpan At, int Node, WriteTrouble Trouble, TimeSpan For)
    : FaultItem(Number, Session, At);

internal sealed record OutageItem(int Number, int Session, TimeSpan At, int Node, TimeSpan For)
    : FaultItem(Number, Session, At);

internal sealed record FullQueueItem(int Number, int Session, TimeSpan At, int Node, TimeSpan For)
    : FaultItem(Number, Session, At);

internal sealed record SlowDatabaseItem(int Number, int Session, TimeSpan At, int Node, TimeSpan Latency)
    : FaultItem(Number, Session, At);

internal sealed record NetworkItem(
    int Number, int Session, TimeSpan At, TimeSpan For, TimeSpan Delay, int Lost, int Doubled)
    : FaultItem(Number, Session, At);

/// <summary>An operator or a time server sets a process's wall clock.</summary>
internal sealed record ClockItem(int Number, int Session, TimeSpan At, int Node, TimeSpan By)
    : FaultItem(Number, Session, At);

internal sealed record SnapshotsItem(int Number, int Session, TimeSpan At) : FaultItem(Number, Session, At);
