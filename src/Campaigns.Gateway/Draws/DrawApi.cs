using Campaigns.Gateway.Answers;
using Campaigns.Gateway.OpenApi;

namespace Campaigns.Gateway.Draws;

internal static class DrawApi
{
    public static readonly DrawView Example = new()
    {
        DrawId = "q1hQ2mX0Zb5pGJm3m0h8Yw",
        Outcome = "won",
        Rewards = [new RewardView("cash", 888)],
        Receipt = new ReceiptView(
            "ny2027/rain/0", 42, 888, "r20", "r20", 17, null, 3, 1, "5d41402abc4b2a76b9719d911017c592",
            new DateTimeOffset(2027, 2, 5, 12, 0, 0, TimeSpan.Zero)),
    };

    public static readonly ApiOperation Draw = new("draw", "Draws", "Draw a red packet or a lottery's prize")
    {
        Description = "Takes one packet from the pool, or draws one prize. A retry with the same key and body gets the "
            + "same answer, byte for byte. A new key where the limit is one gets 409 `already-drawn` with the first "
            + "draw as `original`.",
        Parameters = [ApiParameter.RequiredKey],
        Request = ApiBody.Of(new DrawBody { Round = "r20" }),
        Success = new ApiResponse(201, "The draw, made now or earlier with this key.", ApiBody.Of(Example))
        {
            Headers = ApiHeaders.Replayed,
        },
        Refusals =
        [
            ProblemKind.IdempotencyKeyRequired, ProblemKind.NotFound, ProblemKind.KeyReused,
            OutcomeTable.Frozen, OutcomeTable.Paused, OutcomeTable.NotStarted, OutcomeTable.Ended,
            OutcomeTable.NotEligible, OutcomeTable.AlreadyDrawn, OutcomeTable.QuotaExceeded, OutcomeTable.NoChance,
            OutcomeTable.InsufficientBalance, OutcomeTable.WrongPassword, OutcomeTable.Exhausted,
            OutcomeTable.BudgetExhausted,
        ],
    };
}
