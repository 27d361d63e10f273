using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;

namespace Campaigns.LoadTests.Flows;

/// <summary>The page that everybody looks at.</summary>
internal sealed class ViewFlow(LoadRun run)
{
    public const string Kind = "view";

    private readonly string _path = "/v1/campaigns/" + run.Plan.Campaign;

    public async Task<Response<object>> AskAsync(Asker asker)
    {
        using var reply = await asker.SendAsync(new Call("GET", _path, Audience.None, ""));
        return asker.Note(Kind, reply);
    }
}
