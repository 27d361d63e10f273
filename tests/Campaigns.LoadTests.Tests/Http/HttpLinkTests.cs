using System.Net;
using System.Net.Sockets;
using System.Text;
using Campaigns.LoadTests.Http;

namespace Campaigns.LoadTests.Tests.Http;

/// <summary>The generator's own HTTP against a server that answers what a test wants, a few bytes at a time.</summary>
public sealed class HttpLinkTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpLinks _links;

    public HttpLinkTests()
    {
        _listener.Start();
        _links = new HttpLinks(
            new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"),
            new TokenSigner(new byte[32], DateTimeOffset.UnixEpoch), most: 2, TimeSpan.FromSeconds(1));
    }

    public void Dispose()
    {
        _links.Dispose();
        _listener.Stop();
    }

    [Theory]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: 7\r\nidempotency-replayed: true\r\n\r\n{\"a\":1}")]
    [InlineData(
        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\nIdempotency-Replayed: true\r\n\r\n"
        + "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n")]
    public async Task AnswerInPieces_IsReadWhole(string answer)
    {
        var server = ServeAsync(answer);
        using var reply = await _links.SendAsync(new Call("GET", "/x", Audience.None, ""));
        (reply.Status, reply.Replayed, reply.HasRetryAfter).ShouldBe((201, true, false));
        Encoding.ASCII.GetString(reply.Body).ShouldBe("{\"a\":1}");
        await server;
    }

    [Fact]
    public async Task Request_IsOfTheContract()
    {
        var server = ServeAsync("HTTP/1.1 204 No Content\r\n\r\n");
        using (await _links.SendAsync(new Call("POST", "/v1/x", Audience.User, "ann", "key-1", "{}"u8.ToArray())))
        {
        }

        var lines = (await server).Split("\r\n");
        lines[0].ShouldBe("POST /v1/x HTTP/1.1");
        lines.ShouldContain("Idempotency-Key: key-1");
        lines.ShouldContain("Content-Length: 2");
        lines[^1].ShouldBe("{}");
        var token = lines.Single(line => line.StartsWith("Authorization: Bearer ", StringComparison.Ordinal))[22..];
        var claims = Encoding.ASCII.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
        claims.ShouldBe("""{"iss":"campaigns-dev","aud":"campaigns:user","sub":"ann","exp":0}""");
    }

    [Fact]
    public async Task RefusalWithRetryAfter_IsBusyAndToldByItsCode()
    {
        const string Body = """{"type":"x","code":"overloaded"}""";
        var server = ServeAsync($"HTTP/1.1 503 x\r\nRetry-After: 1\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        using var reply = await _links.SendAsync(new Call("GET", "/x", Audience.None, ""));
        (Verdicts.Of(reply), Verdicts.CodeOf(reply)).ShouldBe((Verdict.Busy, "503 overloaded"));
        await server;
    }

    [Fact]
    public async Task ServerThatSaysNothing_IsGivenUp()
    {
        var server = ServeAsync("");
        using var reply = await _links.SendAsync(new Call("GET", "/x", Audience.None, ""));
        (Verdicts.Of(reply), Verdicts.CodeOf(reply)).ShouldBe((Verdict.Failed, "no answer"));
        await server;
    }

    [Fact]
    public async Task MoreThanTheBound_IsNotSentAndSaysSo()
    {
        var first = _links.SendAsync(new Call("GET", "/1", Audience.None, ""));
        var second = _links.SendAsync(new Call("GET", "/2", Audience.None, ""));
        using var third = await _links.SendAsync(new Call("GET", "/3", Audience.None, ""));
        Verdicts.CodeOf(third).ShouldBe("not sent");
        (await first).Dispose();
        (await second).Dispose();
    }

    /// <summary>Answers one request and returns it.</summary>
    private async Task<string> ServeAsync(string answer)
    {
        using var socket = await _listener.AcceptSocketAsync();
        var buffer = new byte[4096];
        var length = await socket.ReceiveAsync(buffer);
        foreach (var piece in Encoding.ASCII.GetBytes(answer).Chunk(5))
        {
            await socket.SendAsync(piece);
        }

        if (answer.Length == 0)
        {
            // Until the client gives up.
            await socket.ReceiveAsync(new byte[1]);
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
