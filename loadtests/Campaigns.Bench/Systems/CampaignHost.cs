using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Campaigns.Bench.Generator;

namespace Campaigns.Bench.Systems;

/// <summary>Our own host, as <c>./campaigns up</c> runs it, with everything on.</summary>
internal sealed class CampaignHost : IAsyncDisposable
{
    private static readonly TimeSpan LiveWithin = TimeSpan.FromSeconds(10);

    private readonly ChildProcess _process;
    private readonly HttpClient _http;
    private readonly TokenMint _mint;

    private CampaignHost(ChildProcess process, Uri address, TokenMint mint)
    {
        _process = process;
        _mint = mint;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public int Port => _http.BaseAddress!.Port;

    public int ProcessId => _process.Id;

    /// <param name="postgres">Connection string; null: SQLite in the folder.</param>
    /// <param name="settings">Of its environment, where not everything is as <c>up</c> has it.</param>
    public static async Task<CampaignHost> StartAsync(
        string folder, string keyFile, string? postgres, IReadOnlyDictionary<string, string>? settings = null)
    {
        Directory.CreateDirectory(folder);
        File.Copy(keyFile, Path.Combine(folder, "dev-signing-key"));
        string[] database = postgres is null ? [] : ["--postgres", postgres];
        var process = new ChildProcess("dotnet", [
            Programs.Host, "up", "--urls", "http://127.0.0.1:0", "--data", folder, "--no-demo", "--no-approval",
            .. database,
        ], settings);
        return new CampaignHost(process, await process.ReadyAsync(), TokenMint.FromFile(keyFile));
    }

    /// <summary>Creates, submits and approves a campaign, and waits until it is live.</summary>
    public async Task LaunchAsync(string campaign, string document)
    {
        await OperateAsync(HttpMethod.Post, "", document);
        await OperateAsync(HttpMethod.Post, $"/{campaign}/submit", "{}");
        await OperateAsync(HttpMethod.Post, $"/{campaign}/approve", "{}");
        using var bound = new CancellationTokenSource(LiveWithin);
        while ((string?)(await GetAsync($"/v1/campaigns/{campaign}", bound.Token))?["phase"] != "live")
        {
            await Task.Delay(50, bound.Token);
        }
    }

    /// <summary>One user's operation, by which the campaign's grains wake before the clock starts.</summary>
    public async Task TouchAsync(string path, string user)
    {
        using var request = Request(HttpMethod.Post, path, "{}", _mint.User(user));
        request.Headers.Add("Idempotency-Key", "touch");
        using var answer = await _http.SendAsync(request);
        await CheckAsync(answer);
    }

    /// <summary>What the audit says that the campaign's pools have issued; throws where it does not balance.</summary>
    public async Task<long> IssuedAsync(string campaign, string unit)
    {
        var audit = await OperateAsync(HttpMethod.Get, $"/{campaign}/audit", null);
        if (!(bool)audit!["balanced"]!)
        {
            throw new InvalidOperationException($"The audit of {campaign} does not balance: {audit}");
        }

        return audit["accounts"]!.AsArray()
            .Where(account => (string?)account!["unit"] == unit
                && ((string)account["account"]!).Contains('/', StringComparison.Ordinal))
            .Sum(account => (long)account!["issued"]!);
    }

    /// <summary>The sum of a metric's series.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var series = (await _http.GetStringAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal)
                || line.StartsWith(name + " ", StringComparison.Ordinal))
            .ToList();
        return series.Count > 0
            ? series.Sum(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"There is no metric {name}.");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<JsonNode?> GetAsync(string path, CancellationToken cancel)
    {
        using var answer = await _http.GetAsync(path, cancel);
        return answer.StatusCode == HttpStatusCode.OK
            ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel))
            : null;
    }

    private async Task<JsonNode?> OperateAsync(HttpMethod method, string path, string? body)
    {
        using var request = Request(method, "/v1/ops/campaigns" + path, body, _mint.Operator("olga"));
        using var answer = await _http.SendAsync(request);
        return JsonNode.Parse(await CheckAsync(answer));
    }

    private static async Task<string> CheckAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text
            : throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri}: {text}");
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? body, string token)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }
}
