using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaigns.Gateway.Auth;

namespace Campaigns.Host.Importing;

/// <summary>
/// Talks to a running host as an operator, over HTTP. Whatever is not a success is a <see cref="HostException"/>.
/// </summary>
internal sealed class OperatorClient(Uri address, byte[] signingKey) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    public void Dispose() => _http.Dispose();

    /// <summary>Null where the answer is 404.</summary>
    public async Task<JsonNode?> FindAsync(string path, string who, CancellationToken stop)
    {
        var (status, body, _) = await SendAsync(HttpMethod.Get, path, who, null, null, stop);
        return status == 404 ? null : Success(status, body);
    }

    public async Task<JsonNode?> PostAsync(string path, string who, byte[] body, CancellationToken stop)
    {
        var (status, answer, _) = await SendAsync(HttpMethod.Post, path, who, body, null, stop);
        return Success(status, answer);
    }

    /// <summary>Replaces the resource as it stands now.</summary>
    public async Task<JsonNode?> ReplaceAsync(string path, string who, byte[] body, CancellationToken stop)
    {
        var (status, answer, tag) = await SendAsync(HttpMethod.Get, path, who, null, null, stop);
        Success(status, answer);
        (status, answer, _) = await SendAsync(HttpMethod.Put, path, who, body, tag, stop);
        return Success(status, answer);
    }

    private async Task<(int Status, string Body, string? Tag)> SendAsync(
        HttpMethod method, string path, string who, byte[]? body, string? ifMatch, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path);
        var token = DevTokens.Issue(signingKey, new DevToken("operator", who), TimeProvider.System);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        try
        {
            using var response = await _http.SendAsync(request, stop);
            var text = await response.Content.ReadAsStringAsync(stop);
            return ((int)response.StatusCode, text, response.Headers.ETag?.ToString());
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException
            || (unreachable is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new HostException($"no host answers at {_http.BaseAddress}: {unreachable.Message}");
        }
    }

    private static JsonNode? Success(int status, string body)
    {
        if (status is >= 200 and < 300)
        {
            return Parse(body);
        }

        throw new HostException($"the host answered {status}: {Explain(body)}", HostException.Different);
    }

    private static JsonNode? Parse(string body)
    {
        try
        {
            return body.Length == 0 ? null : JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            throw new HostException("what answers there is no host of campaigns.");
        }
    }

    /// <summary>Every fault on a line of its own, where the answer is a problem document with faults.</summary>
    private static string Explain(string body)
    {
        try
        {
            var problem = JsonNode.Parse(body)!.AsObject();
            var head = $"{problem["code"]}: {problem["detail"] ?? problem["title"]}";
            return problem["errors"] is JsonObject faults
                ? head + string.Concat(faults.Select(fault => $"\n  {fault.Key}: {fault.Value}"))
                : head;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return body;
        }
    }
}
