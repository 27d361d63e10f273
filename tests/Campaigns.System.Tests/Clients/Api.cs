using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Campaigns.System.Tests.Clients;

/// <summary>The HTTP contract as a client with bounded connections sees it.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri[] _addresses;
    private int _next;

    public Api(Uri address, DevTokens tokens, int connections = 256)
        : this([address], tokens, connections)
    {
    }

    /// <summary>Goes round its addresses, as a balancer does.</summary>
    public Api(Uri[] addresses, DevTokens tokens, int connections = 256)
    {
        Tokens = tokens;
        _addresses = addresses;
        _http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        })
        {
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public DevTokens Tokens { get; }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// Throws <see cref="HttpRequestException"/> or <see cref="TaskCanceledException"/> where no answer came.
    /// </summary>
    public async Task<Answer> SendAsync(
        string method, string path, string? token, string? body = null, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Next(), path));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        var asked = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            (int)response.StatusCode,
            text,
            response.Headers.TryGetValues("Idempotency-Replayed", out var replayed) && replayed.First() == "true",
            response.Headers.RetryAfter is not null,
            asked,
            Stopwatch.GetTimestamp());
    }

    private Uri Next() => _addresses[(uint)Interlocked.Increment(ref _next) % (uint)_addresses.Length];

    public Task<Answer> DrawAsync(string user, string key, string campaign, string activity) => SendAsync(
        "POST", $"/v1/campaigns/{campaign}/activities/{activity}/draws", Tokens.User(user), "{}", key);

    /// <summary>The user's cash, in fen; asked for again, as clients do, while the host is busy.</summary>
    public async Task<long> CashAsync(string user)
    {
        var me = await SendAsync("GET", "/v1/me", Tokens.User(user));
        await Eventually.ShouldBe(async () =>
        {
            if (me.Status == 503)
            {
                me = await SendAsync("GET", "/v1/me", Tokens.User(user));
            }

            return me.Status != 503;
        });
        me.Status.ShouldBe(200, me.Body);
        return (long?)me.Json["balances"]!["cash"] ?? 0;
    }

    public Task<Answer> OperateAsync(string campaign, string verb, string who = "olga") =>
        SendAsync("POST", $"/v1/ops/campaigns/{campaign}/{verb}", Tokens.Operator(who), "{}");

    /// <summary>Creates, submits and approves a campaign by two operators, and waits until it can be seen.</summary>
    public async Task LaunchAsync(string document)
    {
        var created = await SendAsync("POST", "/v1/ops/campaigns", Tokens.Operator("olga"), document);
        created.Status.ShouldBe(201, created.Body);
        var id = (string)created.Json["id"]!;
        var submitted = await OperateAsync(id, "submit");
        submitted.Status.ShouldBe(200, submitted.Body);
        var approved = await OperateAsync(id, "approve", "oscar");
        approved.Status.ShouldBe(200, approved.Body);

        // Every gateway has its own copy of the list.
        foreach (var address in _addresses)
        {
            var seen = new Uri(address, $"/v1/campaigns/{id}").AbsoluteUri;
            await Eventually.ShouldBe(
                async () => (string?)(await SendAsync("GET", seen, null)).Json["phase"] == "live",
                TimeSpan.FromSeconds(5));
        }
    }
}
