using System.Text;
using Campaigns.Gateway.Tests.BadRequests;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>Bytes that are no HTTP, or HTTP that can be read in two ways. Equal seed and case, equal bytes.</summary>
internal sealed class BrokenHttp(Uri address, TestTokens tokens)
{
    private const string Smuggled = "smuggled";

    private static readonly string[] Lines =
    [
        "GET", "GET /v1/me", "GET /v1/me HTTP/9.9", "GET  /v1/me HTTP/1.1", "GET /v1/me  HTTP/1.1",
        " GET /v1/me HTTP/1.1",
        "GET /v1/me HTTP/1.1 x", "GET v1/me HTTP/1.1", "GET http:// HTTP/1.1", "GET * HTTP/1.1", "CONNECT a HTTP/1.1",
        "CONNECT /v1/me HTTP/1.1", "G\0T /v1/me HTTP/1.1", "GET /v1/\0 HTTP/1.1", "GET /v1/%00 HTTP/1.1",
        "GET /v1/\u7528 HTTP/1.1",
        "G\u00cbT /v1/me HTTP/1.1", "GET /v1/me http/1.1", "GET /v1/me HTTP/1", "PRI * HTTP/2.0",
        "GET\t/v1/me\tHTTP/1.1", "", "\r", ":",
        "GET /v1/me#a HTTP/1.1", "GET /v1/me\\..\\x HTTP/1.1", "OPTIONS * HTTP/1.1", "GET ?a HTTP/1.1",
        "HTTP/1.1 200 OK",
    ];

    private static readonly string[] BadHeaders =
    [
        "X", ": x", "X : y", " X: y", "X: a\r\n folded", "X\0: y", "X: \0", "X: a\nY: b", "X: a\rb", "\u7528: y",
        "Host: a b", "Host: ",
        "Host: a\r\nHost: b", "Host: [::1", "Content-Length: -1", "Content-Length: 1e3", "Content-Length: +2",
        "Content-Length: 0x2",
        "Content-Length: 99999999999999999999", "Content-Length: 2, 3", "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length:",
        "Transfer-Encoding: gzip", "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: \u000bchunked", "Transfer-Encoding: identity",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings",
        "Connection: close, keep-alive, te", "Expect: 200-ok",
    ];

    private static readonly string[] BadChunks =
    [
        "zz\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n", "3\r\n{}\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\n{}\r\n",
        "7fffffff\r\n{}\r\n", "2;" + "x=y;", "2\n{}\n0\n\n", "0x2\r\n{}\r\n0\r\n\r\n", " 2\r\n{}\r\n0\r\n\r\n",
        "\r\n2\r\n{}\r\n0\r\n\r\n", "2\r\n",
        "2\r\n{}\r\n0\r\nX\r\n\r\n", "2\r\n{}\r\n",
    ];

    /// <summary>What is sent in one go, and whether the client then says that no more will come.</summary>
    public (byte[] Bytes, bool IsHalfClosed, string What) Make(Random random)
    {
        var halfClosed = random.Next(2) == 0;
        var (text, what) = random.Next(9) switch
        {
            0 => (FuzzNames.Pick(Lines, random) + "\r\n" + Host + "\r\n", "request line"),
            1 => ($"POST {Draws} HTTP/1.1\r\n{Host}{User()}{FuzzNames.Pick(BadHeaders, random)}\r\n\r\n", "header"),
            2 => (Chunked(FuzzNames.Pick(BadChunks, random)), "chunks"),
            3 => (Flood(random), "flood"),
            4 => (Cut(Draw("cut", "{}"), random), "cut off"),
            5 => (TwoLengths(random), "two lengths"),
            6 => (Good(random.Next(1, 20)) + Garbage(random), "garbage behind good requests"),
            7 => (Garbage(random), "garbage"),
            _ => (Spoiled(Draw("spoiled", "{}"), random), "spoiled bytes"),
        };
        return (Encoding.Latin1.GetBytes(text), halfClosed, what);
    }

    private string Host => $"Host: {address.Authority}\r\n";

    private static string Draws => $"/v1/campaigns/{FuzzScene.Night}/activities/rain/draws";

    private string User() => $"Authorization: Bearer {tokens.User()}\r\nContent-Type: application/json\r\n";

    /// <summary>A draw that would win, if it were let in.</summary>
    private string Draw(string key, string body) => $"POST {Draws} HTTP/1.1\r\n{Host}{User()}Idempotency-Key: {key}\r\n"
        + $"Content-Length: {body.Length}\r\n\r\n{body}";

    /// <summary>Without a key, so that a host that mends what is broken has still nothing to accept.</summary>
    private string Chunked(string chunks) =>
        $"POST {Draws} HTTP/1.1\r\n{Host}{User()}Transfer-Encoding: chunked\r\n\r\n{chunks}";

    private string Good(int times) =>
        string.Concat(Enumerable.Repeat($"GET /health/live HTTP/1.1\r\n{Host}\r\n", times));

    /// <summary>A draw hides in the body of a request whose length can be read in two ways.</summary>
    private string TwoLengths(Random random)
    {
        var hidden = Draw(Smuggled, "{}");
        var (lengths, body) = random.Next(4) switch
        {
            0 => ($"Content-Length: {hidden.Length + 5}\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + hidden),
            1 => ($"Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n" + hidden),
            2 => ($"Content-Length: {hidden.Length}\r\nContent-Length: 0", hidden),
            _ => ($"Transfer-Encoding: xchunked\r\nContent-Length: 0", hidden),
        };
        return $"POST {Draws} HTTP/1.1\r\n{Host}{User()}{lengths}\r\n\r\n{body}";
    }

    private string Flood(Random random) => random.Next(4) switch
    {
        0 => Flooded(string.Concat(Enumerable.Range(0, random.Next(70, 400)).Select(i => $"X-{i}: 1\r\n"))),
        1 => Flooded($"X: {new string('x', random.Next(17_000, 60_000))}\r\n"),
        2 => Flooded($"{new string('X', random.Next(17_000, 60_000))}: x\r\n"),
        _ => $"GET /{new string('x', random.Next(17_000, 60_000))} HTTP/1.1\r\n{Host}\r\n",
    };

    private string Flooded(string headers) => $"GET /v1/me HTTP/1.1\r\n{Host}{User()}{headers}\r\n";

    private static string Cut(string whole, Random random) => whole[..random.Next(whole.Length)];

    private static string Garbage(Random random)
    {
        var bytes = new byte[random.Next(1, 600)];
        random.NextBytes(bytes);
        return Encoding.Latin1.GetString(bytes) + (random.Next(2) == 0 ? "\r\n\r\n" : "");
    }

    /// <summary>
    /// One byte of the head becomes one that no head may hold, so that what would win is not let in.
    /// </summary>
    private static string Spoiled(string whole, Random random)
    {
        var at = random.Next(whole.IndexOf("\r\n\r\n", StringComparison.Ordinal));
        return whole[..at] + '\0' + whole[(at + 1)..];
    }
}
