using Campaigns.Gateway.Answers;
using Campaigns.Gateway.OpenApi;

namespace Campaigns.Gateway.CheckIns;

internal static class CheckInApi
{
    public static readonly CheckInView Example =
        new("2027-02-05", 7, [new RewardView("points", 20), new RewardView("chance", 1, "wheel")]);

    public static readonly ApiOperation CheckIn = new("checkIn", "Check-ins", "Check in for today")
    {
        Description = "Once per business day of the campaign's time zone. Again on that day: 409 `already-checked-in` "
            + "with the first answer as `original`, or that answer itself with the first call's Idempotency-Key.",
        Parameters = [ApiParameter.OptionalKey],
        Request = ApiBody.Of(new CheckInBody { Date = "2027-02-05" }),
        Success = new ApiResponse(201, "Checked in.", ApiBody.Of(Example)) { Headers = ApiHeaders.Replayed },
        Refusals =
        [
            ProblemKind.NotFound, ProblemKind.KeyReused, OutcomeTable.Frozen, OutcomeTable.Paused,
            OutcomeTable.NotStarted, OutcomeTable.Ended, OutcomeTable.NotEligible, OutcomeTable.WrongDay,
            OutcomeTable.AlreadyCheckedIn,
            OutcomeTable.BudgetExhausted,
        ],
    };
}
