namespace Campaigns.Domain.Values;

/// <summary>
/// Why a decision was refused, in documented precedence: of several reasons the first in this list is told.
/// Each has the HTTP code of the same name in kebab case.
/// </summary>
public enum Refusal
{
    /// <summary>Never a valid answer.</summary>
    None = 0,
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
    KeyReused,

    /// <summary>A member contradicts stored facts; the detail is its JSON path, a space, and what it must be.</summary>
    Invalid,
    NotFound,

    /// <summary>The caller's role would do, the caller does not: the approver is an author.</summary>
    Forbidden,

    /// <summary>If-Match names another version.</summary>
    Stale,

    /// <summary>A campaign of this id exists.</summary>
    Exists,

    /// <summary>The campaign's phase does not allow the operator's step.</summary>
    WrongPhase,
}
