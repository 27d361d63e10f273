namespace Campaigns.Contracts;

/// <summary>
/// How a grain answers. Of several reasons to refuse, the first in this list is told. The gateway maps each to an
/// HTTP status and code; a test proves that map total.
/// </summary>
[GenerateSerializer]
[Alias(TypeAliases.Outcome)]
public enum Outcome
{
    /// <summary>Never a valid answer.</summary>
    None = 0,

    /// <summary>Done and durable.</summary>
    Done,

    /// <summary>Nothing was done; the same request may be sent again at once: a queue is full.</summary>
    Overloaded,

    /// <summary>
    /// The outcome is not known yet or the state had to be loaded anew; the same request is safe to repeat.
    /// </summary>
    Unavailable,

    NotFound,
    Invalid,
    Forbidden,
    Stale,
    PreconditionRequired,
    KeyReused,
    Frozen,
    Paused,
    NotStarted,
    Ended,
    NotEligible,
    WrongDay,
    AlreadyDrawn,
    AlreadyCheckedIn,
    QuotaExceeded,
    Cancelled,
    Expired,
    Confirmed,
    Held,
    BelowThreshold,
    NoChance,
    InsufficientBalance,
    Exhausted,
    BudgetExhausted,
    WrongPassword,
    ChallengeRequired,

    /// <summary>The lifecycle does not allow the operator's action in this state.</summary>
    WrongState,

    /// <summary>A campaign of this id exists.</summary>
    Exists,
}
