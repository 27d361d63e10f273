using System.Text.Json;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.OpenApi;

namespace Campaigns.Gateway.PartnerFacts;

internal static class FactsApi
{
    private static readonly FactsBody Body = new()
    {
        Version = 3,
        Tags = ["vip"],
        Facts = new()
        {
            ["age-band"] = JsonDocument.Parse("\"18-25\"").RootElement,
            ["card-bound"] = JsonDocument.Parse("true").RootElement,
        },
    };

    public static readonly ApiOperation Put = new("putFacts", "Partners", "Set a user's facts and tags")
    {
        Description = "Replaces all facts and tags that were put before. The highest version wins; a lower one changes "
            + "nothing.",
        Request = ApiBody.Of(Body),
        Success = new ApiResponse(200, "The version in force.", ApiBody.Of(new FactsView(3, true))),
        Refusals = [ProblemKind.NotFound],
    };
}
