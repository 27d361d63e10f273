using System.Text;

namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>Short forms for the tables: a request that would be good but for the named change.</summary>
internal static class Make
{
    public const string Json = "application/json";

    /// <summary>A draw; null members are as they should be, an empty text leaves the header out.</summary>
    public static BadRequest Draw(
        string name,
        int status,
        string? code,
        string body = "{}",
        string? key = null,
        string? type = null,
        Func<TestTokens, string>? token = null,
        string? authorization = null) => new(name, status, code)
        {
            Target = scene => scene.Draws,
            Headers = (scene, _) => Headers(
                authorization ?? "Bearer " + (token is null ? scene.Tokens.User() : token(scene.Tokens)),
                type ?? Json,
                ("Idempotency-Key", key ?? "k-1")),
            Body = Encoding.UTF8.GetBytes(body),
        };

    public static BadRequest CheckIn(string name, int status, string code, string body, string? error = null) =>
        new(name, status, code)
        {
            Target = scene => scene.CheckIns,
            Headers = (scene, _) => Headers("Bearer " + scene.Tokens.User(), Json),
            Body = Encoding.UTF8.GetBytes(body),
            Error = error,
        };

    /// <summary>A request with a user's token and no body.</summary>
    public static BadRequest User(string name, int status, string? code, string method, string target) =>
        new(name, status, code)
        {
            Method = method,
            Target = scene => target.Replace("{draws}", scene.Draws, StringComparison.Ordinal),
            Headers = (scene, _) => Headers("Bearer " + scene.Tokens.User(), "", ("Idempotency-Key", "k-1")),
        };

    public static BadRequest Partner(
        string name, int status, string code, string method, string target, string body, string? error = null) =>
        new(name, status, code)
        {
            Method = method,
            Target = _ => target,
            Headers = (scene, _) => Headers("Bearer " + scene.Tokens.Partner(), Json),
            Body = Encoding.UTF8.GetBytes(body),
            Error = error,
        };

    public static BadRequest Operator(
        string name,
        int status,
        string code,
        string method,
        string target,
        string body = "",
        string[]? roles = null,
        (string Name, string Value)? header = null) => new(name, status, code)
        {
            Method = method,
            Target = scene => target.Replace("{c}", scene.Campaign, StringComparison.Ordinal),
            Headers = (scene, _) =>
            {
                var usual = Headers("Bearer " + scene.Tokens.Operator("olga", roles ?? []), Json);
                return header is { } more ? usual.Append(more) : usual;
            },
            Body = Encoding.UTF8.GetBytes(body),
        };

    public static IEnumerable<(string Name, string Value)> Headers(
        string authorization, string type, params (string Name, string Value)[] others)
    {
        if (authorization.Length > 0)
        {
            yield return ("Authorization", authorization);
        }

        if (type.Length > 0)
        {
            yield return ("Content-Type", type);
        }

        foreach (var other in others.Where(other => other.Value.Length > 0))
        {
            yield return other;
        }
    }
}
