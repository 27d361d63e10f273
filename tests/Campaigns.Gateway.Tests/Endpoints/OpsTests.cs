using System.Text;
using Campaigns.Contracts;
using Campaigns.Gateway.Tests.Hosts;

namespace Campaigns.Gateway.Tests.Endpoints;

public sealed class OpsTests(GatewayHost host) : IClassFixture<GatewayHost>, IAsyncLifetime
{
    private const string Campaigns = "/v1/ops/campaigns";
    private const string Document = "{\"id\":\"ny2027\",\"name\":{\"en\":\"New Year\"}}";

    private readonly List<(string Id, string Verb, object? Command)> _asked = [];

    public Task InitializeAsync()
    {
        host.Cluster.Calls.Clear();
        Answer(new CampaignReply(Outcome.Done, State(), Warnings: [new DocumentWarning("w", "$.a", "mind")]));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Create_Is201_WithWhereItIsAndWhichVersion()
    {
        var answer = await host.Client.SendAsync("POST", Campaigns, host.Tokens.Operator("olga", "planner"), Document);

        answer.Status.ShouldBe(201, answer.Text);
        answer.Headers["ETag"].ShouldBe("\"4\"");
        answer.Headers["Location"].ShouldBe("/v1/ops/campaigns/ny2027");
        answer.Text.ShouldBe(
            """
            {"id":"ny2027","version":4,"state":"draft","author":"olga",
            "warnings":[{"code":"w","path":"$.a","message":"mind"}]}
            """.ReplaceLineEndings(""));
        var (id, verb, command) = _asked.Single();
        (id, verb).ShouldBe(("ny2027", "Create"));
        Encoding.UTF8.GetString(((DocumentCommand)command!).Document).ShouldBe(Document);
        ((DocumentCommand)command).Author.ShouldBe("olga");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"id\":")]
    [InlineData("{\"id\":5}")]
    [InlineData("{\"id\":\"NOT AN ID\"}")]
    [InlineData("{\"name\":{\"id\":\"inner\"}}")]
    [InlineData("{\"id\":\"\\ud800\"}")]
    public async Task DocumentWithoutAnId_StillGetsAllItsFaultsNamed(string document)
    {
        Answer(new CampaignReply(Outcome.Invalid, Faults:
        [
            new DocumentFault("$.id", "is required"), new DocumentFault("$.activities", "is required"),
            new DocumentFault("$.activities", "must not be empty"),
        ]));

        var answer = await host.Client.SendAsync("POST", Campaigns, host.Tokens.Operator(), document);

        (answer.Status, answer.Code).ShouldBe((400, "invalid"));
        answer.Json["errors"]!.AsObject().Select(error => (error.Key, (string?)error.Value)).ShouldBe(
            [("$.id", "is required"), ("$.activities", "is required; must not be empty")]);
        _asked.Single().Id.ShouldBe("-", "an id that no campaign can have");
    }

    [Fact]
    public async Task MalformedDocument_IsMalformed()
    {
        Answer(new CampaignReply(Outcome.Invalid, Faults: [new DocumentFault("$", "cut off", Malformed: true)]));

        var answer = await host.Client.SendAsync("POST", Campaigns, host.Tokens.Operator(), "{");

        (answer.Status, answer.Code).ShouldBe((400, "malformed"));
    }

    [Theory]
    [InlineData(Outcome.Exists, 409, "exists")]
    [InlineData(Outcome.WrongState, 409, "wrong-state")]
    [InlineData(Outcome.Stale, 412, "stale")]
    [InlineData(Outcome.Forbidden, 403, "forbidden")]
    [InlineData(Outcome.NotFound, 404, "not-found")]
    [InlineData(Outcome.Overloaded, 503, "overloaded")]
    public async Task RefusalsOfTheGrain_KeepTheirCode(Outcome outcome, int status, string code)
    {
        Answer(new CampaignReply(outcome, Detail: "why"));

        var answer = await host.Client.SendAsync(
            "PUT", Campaigns + "/ny2027", host.Tokens.Operator(), Document, ("If-Match", "\"3\""));

        (answer.Status, answer.Code, (string?)answer.Json["detail"]).ShouldBe((status, code, "why"));
    }

    [Fact]
    public async Task Replace_PassesTheVersionOn()
    {
        var answer = await host.Client.SendAsync(
            "PUT", Campaigns + "/ny2027", host.Tokens.Operator(), Document, ("If-Match", "\"3\""));

        (answer.Status, answer.Headers["ETag"]).ShouldBe((200, "\"4\""));
        ((DocumentCommand)_asked.Single().Command!).IfMatch.ShouldBe(3);
    }

    [Theory]
    [InlineData("submit", LifecycleAction.Submit, "planner")]
    [InlineData("approve", LifecycleAction.Approve, "approver")]
    [InlineData("reject", LifecycleAction.Reject, "approver")]
    [InlineData("pause", LifecycleAction.Pause, "support")]
    [InlineData("resume", LifecycleAction.Resume, "planner")]
    [InlineData("end", LifecycleAction.End, "approver")]
    public async Task Actions_NameActorAndReason(string word, LifecycleAction action, string role)
    {
        var answer = await host.Client.SendAsync(
            "POST", $"{Campaigns}/ny2027/{word}", host.Tokens.Operator("oscar", role), "{\"reason\":\"因为\"}");

        answer.Status.ShouldBe(200, answer.Text);
        _asked.Single().Command.ShouldBe(new LifecycleCommand(action, "oscar", "因为"));
    }

    [Fact]
    public async Task Get_ShowsTheDocument()
    {
        var answer = await host.Client.GetAsync(Campaigns + "/ny2027", host.Tokens.Operator("ann", "auditor"));

        answer.Status.ShouldBe(200);
        answer.Json["document"]!.ToJsonString().ShouldBe(Document);
        answer.Headers["ETag"].ShouldBe("\"4\"");
    }

    [Fact]
    public async Task Revision_IsShownBesideTheVersionInForce_AndItsVersionIsTheETag()
    {
        Answer(new CampaignReply(Outcome.Done, State() with
        {
            Lifecycle = Lifecycle.Approved,
            Revision = new CampaignRevision(5, "ann", Encoding.UTF8.GetBytes("{\"id\":\"ny2027\"}")),
        }));

        var read = await host.Client.GetAsync(Campaigns + "/ny2027", host.Tokens.Operator("bob", "auditor"));
        var put = await host.Client.SendAsync(
            "PUT", Campaigns + "/ny2027", host.Tokens.Operator(), Document, ("If-Match", "\"4\""));

        (read.Headers["ETag"], (int?)read.Json["version"]).ShouldBe(("\"5\"", 4));
        read.Json["revision"]!.ToJsonString().ShouldBe(
            """{"version":5,"author":"ann","document":{"id":"ny2027"}}""");
        (put.Status, put.Headers["ETag"]).ShouldBe((200, "\"5\""));
        put.Json["revision"]!.ToJsonString().ShouldBe("""{"version":5,"author":"ann"}""");
    }

    [Fact]
    public async Task UnsafeRevision_NamesEveryFault_AlsoAtItsApproval()
    {
        Answer(new CampaignReply(
            Outcome.Invalid,
            Faults: [new DocumentFault("$.currency", "cannot change"), new DocumentFault("$.budget.cash", "raised")],
            Detail: "$.currency cannot change"));

        var answer = await host.Client.SendAsync(
            "POST", Campaigns + "/ny2027/approve", host.Tokens.Operator("bob", "approver"));

        (answer.Status, answer.Code).ShouldBe((400, "invalid"));
        answer.Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["$.currency", "$.budget.cash"]);
    }

    [Fact]
    public async Task List_HoldsDraftsToo()
    {
        var night = TestCampaigns.Night(host.Time.GetUtcNow());
        host.Cluster.Put(night with { CampaignId = "draft", Lifecycle = Lifecycle.Draft });
        await host.CatchUpAsync();

        var answer = await host.Client.GetAsync(Campaigns + "?limit=1", host.Tokens.Operator());

        var item = answer.Json["items"]!.AsArray().Single()!;
        ((string?)item["id"], (string?)item["state"], (string?)item["phase"]).ShouldBe(("draft", "draft", "draft"));
        ((string?)answer.Json["next"]).ShouldBe("draft");
    }

    [Fact]
    public async Task Audit_ShowsEachAccount()
    {
        host.Cluster.OnAudit = _ => Task.FromResult(
            new AuditReply(Outcome.Done, true, [new AccountBalance("pool", "cash", 10, 4, 3, 2, 1)]));

        var answer = await host.Client.GetAsync(Campaigns + "/ny2027/audit", host.Tokens.Operator("ann", "auditor"));

        answer.Text.ShouldBe(
            """
            {"balanced":true,"accounts":[{"account":"pool","unit":"cash",
            "funded":10,"remaining":4,"held":3,"issued":2,"refunded":1}]}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task ChangeThatWasAnswered_IsSeenByTheNextRequest()
    {
        host.Cluster.OnCampaign = (_, _, _) =>
        {
            host.Cluster.Put(TestCampaigns.Night(host.Time.GetUtcNow()) with { CampaignId = "fresh", Version = 5 });
            return Task.FromResult(new CampaignReply(Outcome.Done, State()));
        };

        await host.Client.SendAsync("POST", Campaigns + "/fresh/approve", host.Tokens.Operator(), "{}");

        (await host.Client.GetAsync("/v1/campaigns/fresh")).Status.ShouldBe(200);
    }

    private void Answer(CampaignReply reply) => host.Cluster.OnCampaign = (id, verb, command) =>
    {
        _asked.Add((id, verb, command));
        return Task.FromResult(reply);
    };

    private static CampaignState State() =>
        new("ny2027", 4, Lifecycle.Draft, "olga", null, Encoding.UTF8.GetBytes(Document));
}
