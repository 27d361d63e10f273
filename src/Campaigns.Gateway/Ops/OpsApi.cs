using System.Text.Json;
using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.OpenApi;

namespace Campaigns.Gateway.Ops;

internal static class OpsApi
{
    private const string Tag = "Operators";

    private static readonly JsonElement Document = JsonDocument.Parse(
        """
        {
          "id": "ny2027",
          "name": {"en": "New Year 2027", "zh-CN": "2027 新春"},
          "currency": "CNY",
          "timeZone": "Asia/Shanghai",
          "schedule": {
            "warmUp": "2027-01-29T20:00:00+08:00",
            "start": "2027-02-05T20:00:00+08:00",
            "end": "2027-02-20T20:00:00+08:00",
            "claimUntil": "2027-02-27T20:00:00+08:00"
          },
          "budget": {"cash": 1000000},
          "activities": [
            {
              "id": "rain",
              "type": "red-packet",
              "name": {"en": "Red packet rain"},
              "total": 1000000,
              "count": 10000,
              "min": 1,
              "max": 1000,
              "split": "double-mean",
              "perUser": {"total": 1}
            }
          ]
        }
        """).RootElement;

    private static readonly OpsCampaignView Draft = new()
    {
        Id = "ny2027",
        Version = 1,
        State = "draft",
        Author = "alice",
        Warnings = [new WarningView("max-unattainable", "$.activities[0].max", "No draw can reach this amount.")],
    };

    private static readonly AccountView Account = new("pool:ny2027/rain/0", "cash", 1_000_000, 999_112, 0, 888, 0);

    public static readonly ApiOperation Create = new("createCampaign", Tag, "Create a campaign")
    {
        Description = "The document becomes a draft. All faults are named at once. Role: planner.",
        Request = ApiBody.Of(Document),
        Success = new ApiResponse(201, "The draft, with warnings.", ApiBody.Of(Draft)) { Headers = ApiHeaders.Created },
        Refusals = [ProblemKind.Forbidden, OutcomeTable.Exists],
    };

    public static readonly ApiOperation Replace = new(
        "replaceCampaign", Tag, "Replace a draft's document, or revise an approved one")
    {
        Description = "A draft is replaced. An approved campaign, live or paused too, goes on by the document in "
            + "force: the new one is a revision in review, and in force within a second once another operator "
            + "approves it. A revision may raise budgets, caps.total and a discount's stock, postpone ends, change "
            + "names, and add activities that begin later and catalog items; whatever else differs is refused with "
            + "its JSON path (invalid), here and again at the approval. A red-packet pool never changes: another "
            + "round is another activity. Role: planner.",
        Parameters = [ApiParameter.IfMatch],
        Request = ApiBody.Of(Document),
        Success = new ApiResponse(200, "The new version, or the campaign with its revision.", ApiBody.Of(
            Draft with { State = "approved", Approver = "bob", Revision = new RevisionView(2, "alice", null) }))
        {
            Headers = ApiHeaders.ETag,
        },
        Refusals =
        [
            ProblemKind.Forbidden, ProblemKind.NotFound, ProblemKind.PreconditionRequired, ProblemKind.Stale,
            OutcomeTable.WrongState, OutcomeTable.Ended,
        ],
    };

    public static readonly ApiOperation List = new("listAllCampaigns", Tag, "All campaigns, drafts included")
    {
        Description = "Any role.",
        Parameters = [ApiParameter.Limit, ApiParameter.Cursor],
        Success = new ApiResponse(200, "A page of campaigns, by id.", ApiBody.Of(new OpsCampaignListView(
            [
                new OpsCampaignItemView(
                    "ny2027",
                    new() { ["en"] = "New Year 2027" },
                    "approved",
                    "warm-up",
                    1,
                    new DateTimeOffset(2027, 2, 5, 12, 0, 0, TimeSpan.Zero),
                    new DateTimeOffset(2027, 2, 20, 12, 0, 0, TimeSpan.Zero)),
            ],
            null))),
        Refusals = [ProblemKind.Forbidden],
    };

    public static readonly ApiOperation Get = new("getCampaignDocument", Tag, "A campaign with its document")
    {
        Description = "Any role.",
        Success = new ApiResponse(200, "The campaign.", ApiBody.Of(Draft with { Document = Document }))
        {
            Headers = ApiHeaders.ETag,
        },
        Refusals = [ProblemKind.Forbidden, ProblemKind.NotFound],
    };

    public static readonly ApiOperation Audit = new("auditCampaign", Tag, "The certificate of conservation")
    {
        Description = "For each account funded = remaining + held + issued + refunded. Any role.",
        Success = new ApiResponse(200, "The accounts.", ApiBody.Of(new AuditView(true, [Account]))),
        Refusals = [ProblemKind.Forbidden, ProblemKind.NotFound],
    };

    public static readonly IReadOnlyList<(LifecycleAction Action, ApiOperation Api)> Actions =
    [
        Act(LifecycleAction.Submit, "Hand a draft in for review; a revision is in review by itself", "in-review"),
        Act(LifecycleAction.Approve, "Approve, also a revision; the approver is not its author", "approved"),
        Act(LifecycleAction.Reject, "Send a campaign in review back to draft, or drop a revision", "draft"),
        Act(LifecycleAction.Pause, "Stop check-ins, draws and reservations", "paused"),
        Act(LifecycleAction.Resume, "Go on after a pause", "approved"),
        Act(LifecycleAction.End, "End before the time", "ended"),
    ];

    public static string Word(LifecycleAction action) => action.ToString().ToLowerInvariant();

    private static (LifecycleAction Action, ApiOperation Api) Act(
        LifecycleAction action, string summary, string state) =>
        (action, new ApiOperation(Word(action) + "Campaign", Tag, summary)
        {
            Description = $"Roles: {OpsRoles.For(action).ToString().ToLowerInvariant()}.",
            Request = ApiBody.Of(new ActionBody { Reason = "checked with finance" }),
            Success = new ApiResponse(200, "The campaign.", ApiBody.Of(Draft with { State = state, Warnings = [] }))
            {
                Headers = ApiHeaders.ETag,
            },
            Refusals =
            [
                ProblemKind.Forbidden, ProblemKind.NotFound, OutcomeTable.WrongState, OutcomeTable.Ended,
            ],
        });
}
