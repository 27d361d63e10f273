using Campaigns.Peers.Tokens;

namespace Campaigns.Peers.Draws;

/// <summary>The draw as every peer offers it; only the store differs.</summary>
internal sealed class DrawEndpoint(TokenCheck tokens, IDrawStore? store)
{
    private const int LongestBody = 16 * 1024;

    public void Map(WebApplication app) =>
        app.MapMethods("/v1/campaigns/{c}/activities/{a}/draws", [HttpMethods.Post], (RequestDelegate)DrawAsync);

    private async Task DrawAsync(HttpContext http)
    {
        if (await tokens.UserAsync(http.Request) is not { } caller)
        {
            PeerAnswers.Refused(http.Response, StatusCodes.Status401Unauthorized, "unauthenticated"u8);
            return;
        }

        if (http.Request.Headers["Idempotency-Key"].Count != 1 || !await IsEmptyObjectAsync(http.Request))
        {
            PeerAnswers.Refused(http.Response, StatusCodes.Status400BadRequest, "invalid"u8);
            return;
        }

        if (!TokenCheck.IsEligible(caller))
        {
            PeerAnswers.Refused(http.Response, StatusCodes.Status409Conflict, "not-eligible"u8);
            return;
        }

        if (store is null)
        {
            PeerAnswers.Constant(http.Response);
            return;
        }

        var pool = $"{http.Request.RouteValues["c"]}/{http.Request.RouteValues["a"]}";
        var drawn = await store.DrawAsync(pool, caller.Subject);
        if (drawn.Outcome == DrawOutcome.Won)
        {
            PeerAnswers.Won(http.Response, pool, drawn.Amount);
        }
        else
        {
            PeerAnswers.Refused(
                http.Response,
                StatusCodes.Status409Conflict,
                drawn.Outcome == DrawOutcome.AlreadyDrawn ? "already-drawn"u8 : "exhausted"u8);
        }
    }

    private static async ValueTask<bool> IsEmptyObjectAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            if (read.IsCompleted || read.Buffer.Length > LongestBody)
            {
                var same = read.Buffer.Length == 2 && read.Buffer.FirstSpan.SequenceEqual("{}"u8);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return same;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
