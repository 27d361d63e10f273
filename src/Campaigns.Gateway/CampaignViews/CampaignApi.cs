using Campaigns.Gateway.Answers;
using Campaigns.Gateway.OpenApi;

namespace Campaigns.Gateway.CampaignViews;

internal static class CampaignApi
{
    private static readonly DateTimeOffset Start = new(2027, 2, 5, 20, 0, 0, TimeSpan.FromHours(8));

    public static readonly CampaignView Example = new()
    {
        Id = "ny2027",
        Name = new() { ["en"] = "New Year 2027", ["zh-CN"] = "2027 新春" },
        Phase = "warm-up",
        ServerTime = Start.AddHours(-1),
        Currency = "CNY",
        TimeZone = "Asia/Shanghai",
        WarmUpAt = Start.AddDays(-7),
        StartsAt = Start,
        EndsAt = Start.AddDays(15),
        Activities =
        [
            new ActivityView
            {
                Id = "rain",
                Type = "red-packet",
                Name = new() { ["en"] = "Red packet rain" },
                Phase = "warm-up",
                StartsAt = Start,
                EndsAt = Start.AddHours(3),
                Rounds = [new RoundView("r20", Start, Start.AddMinutes(10), 10_000, new string('a', 64), null)],
                SeedHash = new string('a', 64),
            },
        ],
    };

    public static readonly ApiOperation List = new("listCampaigns", "Campaigns", "Campaigns in warm-up or live")
    {
        Parameters = [ApiParameter.Limit, ApiParameter.Cursor],
        Success = new ApiResponse(
            200, "A page of campaigns, by id.", ApiBody.Of(new CampaignListView([Example], null))),
    };

    public static readonly ApiOperation Get = new("getCampaign", "Campaigns", "Public view of a campaign")
    {
        Description = "Phases, countdown, activities. The hash of each seed is published before its round opens, "
            + "the seed after the end.",
        Success = new ApiResponse(200, "The campaign.", ApiBody.Of(Example)),
        Refusals = [ProblemKind.NotFound],
    };
}
