using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Campaigns.Gateway.Ops;

/// <summary>Operators' work on campaigns.</summary>
internal sealed class OpsEndpoints(
    IGrainFactory grains,
    BodyReader bodies,
    CampaignCache<CampaignSummary> campaigns,
    Deadline deadline,
    TimeProvider time) : IEndpointGroup
{
    private const int MaxReason = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/ops/campaigns", Audience.Operator, For(OpsRoles.Write, CreateAsync), OpsApi.Create);
        routes.MapPut("/v1/ops/campaigns/{c}", Audience.Operator, For(OpsRoles.Write, ReplaceAsync), OpsApi.Replace);
        routes.MapGet("/v1/ops/campaigns", Audience.Operator, For(OpsRoles.Read, ListAsync), OpsApi.List);
        routes.MapGet("/v1/ops/campaigns/{c}", Audience.Operator, For(OpsRoles.Read, GetAsync), OpsApi.Get);
        routes.MapGet("/v1/ops/campaigns/{c}/audit", Audience.Operator, For(OpsRoles.Read, AuditAsync), OpsApi.Audit);
        foreach (var (action, api) in OpsApi.Actions)
        {
            routes.MapPost(
                "/v1/ops/campaigns/{c}/" + OpsApi.Word(action),
                Audience.Operator,
                For(OpsRoles.For(action), (http, caller) => ActAsync(action, http, caller)),
                api);
        }
    }

    private static Handler For(OperatorRoles roles, Handler handler) => (http, caller) => (caller.Roles & roles) != 0
        ? handler(http, caller)
        : ValueTask.FromResult<Answer>(new Problem(ProblemKind.Forbidden, $"This takes one of the roles {roles}."));

    private async ValueTask<Answer> CreateAsync(HttpContext http, Caller caller)
    {
        var (document, refusal) = await bodies.ReadDocumentAsync(http);
        if (refusal is not null)
        {
            return refusal;
        }

        var id = DocumentId.Of(document);
        var reply = await deadline.For(grains.Campaign(id).Create(new DocumentCommand(document, caller.Subject, null)));
        await SeeAsync(reply);
        return ToAnswer(reply, StatusCodes.Status201Created);
    }

    private async ValueTask<Answer> ReplaceAsync(HttpContext http, Caller caller)
    {
        if (http.DocumentId("c") is not { } id)
        {
            return Problem.NotFound;
        }

        var match = IfMatch.Read(http.Request);
        if (match.Refusal is not null)
        {
            return match.Refusal;
        }

        var (document, refusal) = await bodies.ReadDocumentAsync(http);
        if (refusal is not null)
        {
            return refusal;
        }

        var command = new DocumentCommand(document, caller.Subject, match.Version);
        var reply = await deadline.For(grains.Campaign(id).Replace(command));
        await SeeAsync(reply);
        return ToAnswer(reply, StatusCodes.Status200OK);
    }

    private async ValueTask<Answer> ActAsync(LifecycleAction action, HttpContext http, Caller caller)
    {
        if (http.DocumentId("c") is not { } id)
        {
            return Problem.NotFound;
        }

        var (body, refusal) = await bodies.ReadPartnerAsync(http, GatewayJson.Strict.ActionBody);
        if (refusal is not null)
        {
            return refusal;
        }

        if (body.Reason is { Length: > MaxReason })
        {
            return Problem.Invalid("$.reason", $"must have at most {MaxReason} characters");
        }

        var command = new LifecycleCommand(action, caller.Subject, body.Reason);
        var reply = await deadline.For(grains.Campaign(id).Act(command));
        await SeeAsync(reply);
        return ToAnswer(reply, StatusCodes.Status200OK);
    }

    private async ValueTask<Answer> GetAsync(HttpContext http, Caller caller) => http.DocumentId("c") is { } id
        ? ToAnswer(await deadline.For(grains.Campaign(id).Get()), StatusCodes.Status200OK, withDocument: true)
        : Problem.NotFound;

    private async ValueTask<Answer> ListAsync(HttpContext http, Caller caller)
    {
        var page = Page.Read(http.Request);
        if (page.Refusal is not null)
        {
            return page.Refusal;
        }

        var now = time.GetUtcNow();
        var all = await deadline.For(campaigns.AllAsync());
        var (items, next) = page.Of(all, campaign => campaign.CampaignId);
        var views = Array.ConvertAll(items, campaign => OpsCampaignItemView.Of(campaign, now));
        return JsonAnswer.Ok(new OpsCampaignListView(views, next), GatewayJson.Strict.OpsCampaignListView);
    }

    private async ValueTask<Answer> AuditAsync(HttpContext http, Caller caller)
    {
        if (http.DocumentId("c") is not { } id)
        {
            return Problem.NotFound;
        }

        var reply = await deadline.For(grains.Campaign(id).Audit());
        return reply.Outcome == Outcome.Done
            ? JsonAnswer.Ok(AuditView.Of(reply), GatewayJson.Strict.AuditView)
            : Problem.Of(reply.Outcome, null);
    }

    /// <summary>An operator's next request to this gateway finds the change that this one was told of.</summary>
    private async ValueTask SeeAsync(CampaignReply reply)
    {
        if (reply.Outcome == Outcome.Done)
        {
            await campaigns.CatchUpAsync();
        }
    }

    private static Answer ToAnswer(CampaignReply reply, int status, bool withDocument = false)
    {
        if (reply.Outcome != Outcome.Done)
        {
            return reply.Faults is { Length: > 0 } faults ? Refuse(faults) : Problem.Of(reply.Outcome, reply.Detail);
        }

        var view = OpsCampaignView.Of(reply.Campaign!, reply.Warnings, withDocument);
        return new JsonAnswer<OpsCampaignView>(status, view, GatewayJson.Strict.OpsCampaignView)
        {
            ETag = IfMatch.Tag(reply.Campaign!.VersionToMatch),
            Location = status == StatusCodes.Status201Created ? "/v1/ops/campaigns/" + view.Id : null,
        };
    }

    private static Problem Refuse(DocumentFault[] faults)
    {
        if (Array.Find(faults, fault => fault.Malformed) is { } malformed)
        {
            return new Problem(ProblemKind.Malformed, malformed.Message);
        }

        var errors = faults
            .GroupBy(fault => fault.Path, fault => fault.Message, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Join("; ", group), StringComparer.Ordinal);
        return new Problem(ProblemKind.Invalid, $"The document has {faults.Length} faults.") { Errors = errors };
    }
}
