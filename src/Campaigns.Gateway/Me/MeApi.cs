using Campaigns.Gateway.Answers;
using Campaigns.Gateway.OpenApi;

namespace Campaigns.Gateway.Me;

internal static class MeApi
{
    private static readonly MeView Me = new()
    {
        UserId = "u-1001",
        Balances = new() { ["cash"] = 888, ["chance:ny2027/wheel"] = 1, ["points"] = 20 },
        Debts = [],
    };

    private static readonly MyCampaignView Mine = new(new()
    {
        ["daily"] = new MyActivityView { Streak = 6, CheckedInToday = false },
        ["rain"] = new MyActivityView { DrawsLeft = new DrawsLeftView(1, null) },
        ["dinner"] = new MyActivityView { QuotaLeft = 2 },
    });

    private static readonly TransferView Transfer = new(
        "5d41402abc4b2a76.42", "cash", 888, "pool:ny2027/rain/0", "user", "draw", "ny2027", "rain",
        new DateTimeOffset(2027, 2, 5, 12, 0, 0, TimeSpan.Zero));

    public static readonly ApiOperation Get = new("getMe", "Me", "My balances")
    {
        Description = "Shows every reward that was acknowledged before the request was sent.",
        Success = new ApiResponse(200, "The user's standing.", ApiBody.Of(Me)),
    };

    public static readonly ApiOperation GetCampaign = new("getMyCampaign", "Me", "My state in a campaign")
    {
        Success = new ApiResponse(200, "By activity; members that a type does not have are absent.", ApiBody.Of(Mine)),
        Refusals = [ProblemKind.NotFound],
    };

    public static readonly ApiOperation GetTransfers = new("listMyTransfers", "Me", "My ledger, newest first")
    {
        Parameters = [ApiParameter.Limit, ApiParameter.Cursor],
        Success = new ApiResponse(200, "A page of transfers.", ApiBody.Of(new TransferPageView([Transfer], "MTc2"))),
    };
}
