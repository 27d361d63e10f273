using Campaigns.Contracts;
using Campaigns.Gateway.Answers;

namespace Campaigns.Gateway.Tests.Answers;

public sealed class OutcomeTableTests
{
    /// <summary>The contract, written down a second time.</summary>
    private static readonly Dictionary<Outcome, (int Status, string Code)> Contract = new()
    {
        [Outcome.None] = (500, "internal"),
        [Outcome.Overloaded] = (503, "overloaded"),
        [Outcome.Unavailable] = (503, "overloaded"),
        [Outcome.NotFound] = (404, "not-found"),
        [Outcome.Invalid] = (400, "invalid"),
        [Outcome.Forbidden] = (403, "forbidden"),
        [Outcome.Stale] = (412, "stale"),
        [Outcome.PreconditionRequired] = (428, "precondition-required"),
        [Outcome.KeyReused] = (422, "key-reused"),
        [Outcome.Frozen] = (409, "frozen"),
        [Outcome.Paused] = (409, "paused"),
        [Outcome.NotStarted] = (409, "not-started"),
        [Outcome.Ended] = (409, "ended"),
        [Outcome.NotEligible] = (409, "not-eligible"),
        [Outcome.WrongDay] = (409, "wrong-day"),
        [Outcome.AlreadyDrawn] = (409, "already-drawn"),
        [Outcome.AlreadyCheckedIn] = (409, "already-checked-in"),
        [Outcome.QuotaExceeded] = (409, "quota-exceeded"),
        [Outcome.Cancelled] = (409, "cancelled"),
        [Outcome.Expired] = (409, "expired"),
        [Outcome.Confirmed] = (409, "confirmed"),
        [Outcome.Held] = (409, "held"),
        [Outcome.BelowThreshold] = (409, "below-threshold"),
        [Outcome.NoChance] = (409, "no-chance"),
        [Outcome.InsufficientBalance] = (409, "insufficient-balance"),
        [Outcome.Exhausted] = (409, "exhausted"),
        [Outcome.BudgetExhausted] = (409, "budget-exhausted"),
        [Outcome.WrongPassword] = (409, "wrong-password"),
        [Outcome.ChallengeRequired] = (409, "challenge-required"),
        [Outcome.WrongState] = (409, "wrong-state"),
        [Outcome.Exists] = (409, "exists"),
    };

    public static TheoryData<Outcome> Outcomes => [.. Enum.GetValues<Outcome>()];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void EveryOutcome_HasTheStatusAndCodeOfTheContract(Outcome outcome)
    {
        var kind = OutcomeTable.Of(outcome);

        if (outcome == Outcome.Done)
        {
            kind.ShouldBeNull();
        }
        else
        {
            (kind!.Status, kind.Code).ShouldBe(Contract[outcome]);
        }
    }

    [Fact]
    public void OutcomeOfNoName_IsABug() =>
        Should.Throw<ArgumentOutOfRangeException>(() => OutcomeTable.Of((Outcome)int.MaxValue));

    [Fact]
    public void Done_IsNoRefusal() => Should.Throw<ArgumentException>(() => Problem.Of(Outcome.Done, null));
}
