using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Campaigns.Gateway.PartnerFacts;

/// <summary>What partners tell about users.</summary>
internal sealed class FactsEndpoints(IGrainFactory grains, BodyReader bodies, Deadline deadline) : IEndpointGroup
{
    private const int UserSegment = 4;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/v1/partner/users/{u}/facts", Audience.Partner, PutAsync, FactsApi.Put);

    private async ValueTask<Answer> PutAsync(HttpContext http, Caller caller)
    {
        if (http.PrintableId("u", UserSegment) is not { } userId)
        {
            return Problem.NotFound;
        }

        var (body, refusal) = await bodies.ReadPartnerAsync(http, GatewayJson.Strict.FactsBody);
        if (refusal is not null)
        {
            return refusal;
        }

        var faults = new Faults();
        var facts = CanonicalFacts.Of(body, faults);
        if (faults.ToProblem() is { } fault)
        {
            return fault;
        }

        var reply = await deadline.For(grains.User(userId).PutFacts(facts.ToCommand()));
        return reply.Outcome == Outcome.Done
            ? JsonAnswer.Ok(new FactsView(reply.Version, reply.Applied), GatewayJson.Strict.FactsView)
            : Problem.Of(reply.Outcome, null);
    }
}
