using Campaigns.System.Tests.Clients;

namespace Campaigns.System.Tests.Golden;

/// <summary>A request of long ago, and what it was answered.</summary>
/// <param name="Audience">user, partner or operator.</param>
/// <param name="Status">Of the answer that it must get again, byte for byte.</param>
internal sealed record GoldenStep(
    string Method, string Path, string Audience, string Who, string? Key, string? Request, int Status, string Body)
{
    public Task<Answer> SendAsync(Api api, string? ifMatch = null) => api.SendAsync(
        Method,
        Path,
        Audience switch
        {
            "user" => api.Tokens.User(Who),
            "partner" => api.Tokens.Partner(Who),
            _ => api.Tokens.Operator(Who),
        },
        Request,
        Key,
        ifMatch);
}
