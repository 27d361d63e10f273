using System.Text;
using System.Text.Json.Nodes;
using Campaigns.Gateway.Tests.BadRequests;

namespace Campaigns.Gateway.Tests.Hosts;

/// <summary>An answer that arrived whole.</summary>
internal sealed record Received(int Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    public string? Code => (string?)Json["code"];

    public bool Replayed => Headers.GetValueOrDefault("Idempotency-Replayed") == "true";
}

/// <summary>Well-formed requests.</summary>
internal sealed class ApiClient(Scene scene) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = scene.Address,
        Timeout = TimeSpan.FromSeconds(30),
    };

    public async Task<Received> SendAsync(
        string method,
        string path,
        string? token = null,
        string? body = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Received((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), all);
    }

    public Task<Received> GetAsync(string path, string? token = null) => SendAsync("GET", path, token);

    public Task<Received> DrawAsync(string user, string activity = "rain", string key = "k-1", string? body = "{}") =>
        SendAsync(
            "POST", $"/v1/campaigns/night/activities/{activity}/draws", scene.Tokens.User(user), body,
            ("Idempotency-Key", key));

    public void Dispose() => _http.Dispose();
}
