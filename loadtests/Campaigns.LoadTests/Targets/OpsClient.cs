using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaigns.LoadTests.Http;

namespace Campaigns.LoadTests.Targets;

/// <summary>The operators' work around a run: the campaign before it, the accounts after it.</summary>
internal sealed class OpsClient(Uri target, TokenSigner signer, TimeSpan? liveWithin = null) : IDisposable
{
    private readonly TimeSpan _liveWithin = liveWithin ?? TimeSpan.FromSeconds(30);
    private readonly HttpClient _http = new() { BaseAddress = target, Timeout = TimeSpan.FromMinutes(2) };

    public void Dispose() => _http.Dispose();

    /// <summary>Creates, submits and approves a campaign by two operators, and waits until it is live.</summary>
    public async Task LaunchAsync(string id, string document)
    {
        await PostAsync("/v1/ops/campaigns", "load-planner", document);
        await PostAsync($"/v1/ops/campaigns/{id}/submit", "load-planner", "{}");
        await PostAsync($"/v1/ops/campaigns/{id}/approve", "load-approver", "{}");
        for (var clock = Stopwatch.StartNew(); !await IsLiveAsync(id);)
        {
            if (clock.Elapsed > _liveWithin)
            {
                throw new TargetException($"{target} has {id} not live after {_liveWithin.TotalSeconds:0} s.");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>A campaign that a process has not heard of yet is not there.</summary>
    private async Task<bool> IsLiveAsync(string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/campaigns/" + id);
        var (status, body) = await AskAsync(request);
        return status == HttpStatusCode.OK && (string?)Json(request, body)["phase"] == "live";
    }

    /// <summary>The certificate of conservation: whether it balances, and each account's held and issued.</summary>
    public async Task<(bool Balanced, IReadOnlyList<OpsAccount> Accounts)> AuditAsync(string id)
    {
        var audit = await GetAsync($"/v1/ops/campaigns/{id}/audit", "load-approver");
        return (
            (bool)audit["balanced"]!,
            [
                .. audit["accounts"]!.AsArray().Select(account => new OpsAccount(
                    (string)account!["account"]!, (string)account["unit"]!, (long)account["held"]!,
                    (long)account["issued"]!)),
            ]);
    }

    private async Task<JsonNode> GetAsync(string path, string who)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, who);
    }

    private async Task PostAsync(string path, string who, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        await SendAsync(request, who);
    }

    private async Task<JsonNode> SendAsync(HttpRequestMessage request, string who)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", signer.For(Audience.Operator, who));
        var (status, body) = await AskAsync(request);
        return (int)status is >= 200 and < 300
            ? Json(request, body)
            : throw new TargetException($"{request.RequestUri} was answered {(int)status}: {body}");
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await _http.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
        {
            throw new TargetException($"no host answers at {target}: {unreachable.Message}", unreachable);
        }
    }

    private static JsonNode Json(HttpRequestMessage request, string body)
    {
        try
        {
            return JsonNode.Parse(body) ?? throw new JsonException("null");
        }
        catch (JsonException other)
        {
            throw new TargetException($"{request.RequestUri} was answered with something else than JSON.", other);
        }
    }
}

/// <param name="Account">The campaign's id, or campaign/activity/shard.</param>
internal sealed record OpsAccount(string Account, string Unit, long Held, long Issued);
