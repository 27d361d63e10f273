using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Campaigns.Gateway.Hosting;

/// <summary>The endpoints of one feature.</summary>
internal interface IEndpointGroup
{
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>Answers an authenticated request.</summary>
internal delegate ValueTask<Answer> Handler(HttpContext http, Caller caller);

/// <summary>
/// Turns a request away before anything is spent on it, a token check included; null lets it in.
/// </summary>
internal delegate ValueTask<Answer?> Admission(HttpContext http);

/// <summary>Maps handlers: admission and authentication go before, the answer is written after.</summary>
internal static class EndpointMapping
{
    private static readonly Caller Anyone = new() { Subject = "", Audiences = Audience.None };

    public static void MapGet(
        this IEndpointRouteBuilder routes, string pattern, Audience audience, Handler handler, ApiOperation api) =>
        routes.Map(HttpMethods.Get, pattern, audience, handler, api);

    public static void MapPost(
        this IEndpointRouteBuilder routes,
        string pattern,
        Audience audience,
        Handler handler,
        ApiOperation api,
        Admission? admission = null) =>
        routes.Map(HttpMethods.Post, pattern, audience, handler, api, admission);

    public static void MapPut(
        this IEndpointRouteBuilder routes, string pattern, Audience audience, Handler handler, ApiOperation api) =>
        routes.Map(HttpMethods.Put, pattern, audience, handler, api);

    private static void Map(
        this IEndpointRouteBuilder routes,
        string method,
        string pattern,
        Audience audience,
        Handler handler,
        ApiOperation api,
        Admission? admission = null)
    {
        var described = api with { Audience = audience };
        RequestDelegate endpoint = async http => (await handler(http, Anyone)).Write(http);
        if (audience != Audience.None)
        {
            var authenticator = routes.ServiceProvider.GetRequiredService<Authenticator>();
            endpoint = http => AnswerAsync(authenticator, audience, admission, handler, http);
        }

        routes.MapMethods(pattern, [method], endpoint)
            .WithMetadata([handler.Method, described, .. OperationWriter.Answers(described)]);
    }

    private static async Task AnswerAsync(
        Authenticator authenticator, Audience audience, Admission? admission, Handler handler, HttpContext http)
    {
        if (admission is not null && await admission(http) is { } turnedAway)
        {
            turnedAway.Write(http);
            return;
        }

        var (caller, refusal) = await authenticator.AuthenticateAsync(http, audience);
        var answer = refusal ?? await handler(http, caller!);
        answer.Write(http);
    }
}
