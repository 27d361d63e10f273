using Campaigns.Contracts;

namespace Campaigns.Gateway.Answers;

/// <summary>The one table from what grains answer to what HTTP says; null: not a refusal.</summary>
internal static class OutcomeTable
{
    public static ProblemKind? Of(Outcome outcome) => outcome switch
    {
        Outcome.Done => null,
        Outcome.None => ProblemKind.Internal,
        Outcome.Overloaded => ProblemKind.Overloaded,
        Outcome.Unavailable => ProblemKind.Overloaded,
        Outcome.NotFound => ProblemKind.NotFound,
        Outcome.Invalid => ProblemKind.Invalid,
        Outcome.Forbidden => ProblemKind.Forbidden,
        Outcome.Stale => ProblemKind.Stale,
        Outcome.PreconditionRequired => ProblemKind.PreconditionRequired,
        Outcome.KeyReused => ProblemKind.KeyReused,
        Outcome.Frozen => Frozen,
        Outcome.Paused => Paused,
        Outcome.NotStarted => NotStarted,
        Outcome.Ended => Ended,
        Outcome.NotEligible => NotEligible,
        Outcome.WrongDay => WrongDay,
        Outcome.AlreadyDrawn => AlreadyDrawn,
        Outcome.AlreadyCheckedIn => AlreadyCheckedIn,
        Outcome.QuotaExceeded => QuotaExceeded,
        Outcome.Cancelled => Cancelled,
        Outcome.Expired => Expired,
        Outcome.Confirmed => Confirmed,
        Outcome.Held => Held,
        Outcome.BelowThreshold => BelowThreshold,
        Outcome.NoChance => NoChance,
        Outcome.InsufficientBalance => InsufficientBalance,
        Outcome.Exhausted => Exhausted,
        Outcome.BudgetExhausted => BudgetExhausted,
        Outcome.WrongPassword => WrongPassword,
        Outcome.ChallengeRequired => ChallengeRequired,
        Outcome.WrongState => WrongState,
        Outcome.Exists => Exists,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome without a row in the table."),
    };

    public static readonly ProblemKind Frozen = ProblemKind.Refusal("frozen", "The account is frozen");
    public static readonly ProblemKind Paused = ProblemKind.Refusal("paused", "The campaign is paused");
    public static readonly ProblemKind NotStarted = ProblemKind.Refusal("not-started", "It has not started yet");
    public static readonly ProblemKind Ended = ProblemKind.Refusal("ended", "It has ended");
    public static readonly ProblemKind NotEligible = ProblemKind.Refusal("not-eligible", "A condition is not met");
    public static readonly ProblemKind WrongDay = ProblemKind.Refusal("wrong-day", "That is not today's business day");
    public static readonly ProblemKind AlreadyDrawn = ProblemKind.Refusal("already-drawn", "This draw was made before");
    public static readonly ProblemKind AlreadyCheckedIn =
        ProblemKind.Refusal("already-checked-in", "Today's check-in was made before");
    public static readonly ProblemKind QuotaExceeded = ProblemKind.Refusal("quota-exceeded", "The limit is used up");
    public static readonly ProblemKind Cancelled = ProblemKind.Refusal("cancelled", "The order is cancelled");
    public static readonly ProblemKind Expired = ProblemKind.Refusal("expired", "The reservation has expired");
    public static readonly ProblemKind Confirmed = ProblemKind.Refusal("confirmed", "The order is confirmed");
    public static readonly ProblemKind Held = ProblemKind.Refusal("held", "It is held by another operation");
    public static readonly ProblemKind BelowThreshold =
        ProblemKind.Refusal("below-threshold", "The amount is below the threshold");
    public static readonly ProblemKind NoChance = ProblemKind.Refusal("no-chance", "No chance is left");
    public static readonly ProblemKind InsufficientBalance =
        ProblemKind.Refusal("insufficient-balance", "The balance is too small");
    public static readonly ProblemKind Exhausted = ProblemKind.Refusal("exhausted", "Nothing is left");
    public static readonly ProblemKind BudgetExhausted =
        ProblemKind.Refusal("budget-exhausted", "The budget is used up");
    public static readonly ProblemKind WrongPassword = ProblemKind.Refusal("wrong-password", "The password is wrong");
    public static readonly ProblemKind ChallengeRequired =
        ProblemKind.Refusal("challenge-required", "A challenge has to be passed first");
    public static readonly ProblemKind WrongState =
        ProblemKind.Refusal("wrong-state", "The campaign's state does not allow this");
    public static readonly ProblemKind Exists = ProblemKind.Refusal("exists", "A campaign of this id exists");
}
