using Campaigns.Gateway.Answers;
using Campaigns.Gateway.OpenApi;

namespace Campaigns.Gateway.Exchanges;

internal static class ExchangeApi
{
    public static readonly ExchangeView Example =
        new("q1hQ2mX0Zb5pGJm3m0h8Yw", 2, [new RewardView("item", 2, Item: "butterfly")]);

    public static readonly ApiOperation Exchange = new("exchange", "Exchanges", "Exchange what was gathered")
    {
        Description = "Spends the activity's cost once per piece and gives its rewards, both in one piece or not at "
            + "all. A retry with the same key and body gets the same answer, byte for byte.",
        Parameters = [ApiParameter.RequiredKey],
        Request = ApiBody.Of(new ExchangeBody { Quantity = 2 }),
        Success = new ApiResponse(201, "The exchange, made now or earlier with this key.", ApiBody.Of(Example))
        {
            Headers = ApiHeaders.Replayed,
        },
        Refusals =
        [
            ProblemKind.IdempotencyKeyRequired, ProblemKind.NotFound, ProblemKind.KeyReused,
            OutcomeTable.Frozen, OutcomeTable.Paused, OutcomeTable.NotStarted, OutcomeTable.Ended,
            OutcomeTable.NotEligible, OutcomeTable.QuotaExceeded, OutcomeTable.NoChance,
            OutcomeTable.InsufficientBalance, OutcomeTable.Exhausted, OutcomeTable.BudgetExhausted,
        ],
    };
}
