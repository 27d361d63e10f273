using System.Net.Sockets;
using System.Text;

namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>What came back, undecoded.</summary>
public sealed record RawResponse(int Status, string Head, string Body);

/// <summary>HTTP/1.1 as bytes on a socket: a client that mends nothing.</summary>
public static class RawHttp
{
    /// <param name="request">Sent as it is.</param>
    /// <param name="whileWaiting">Called again and again until the answer comes; may move the server's clock.</param>
    public static async Task<RawResponse> SendAsync(
        Uri address, byte[] request, Action whileWaiting, CancellationToken cancellation)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, cancellation);
        var stream = socket.GetStream();
        await stream.WriteAsync(request, cancellation);
        var reading = ReadAsync(stream, cancellation);
        while (await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(20), cancellation)) != reading)
        {
            cancellation.ThrowIfCancellationRequested();
            whileWaiting();
        }

        return await reading;
    }

    private static async Task<RawResponse> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var received = new List<byte>();
        var chunk = new byte[4096];
        while (true)
        {
            if (Whole(received) is { } response)
            {
                return response;
            }

            var read = await stream.ReadAsync(chunk, cancellation);
            if (read == 0)
            {
                return Parse(received) ?? throw new InvalidOperationException("The server closed without an answer.");
            }

            received.AddRange(chunk.AsSpan(0, read));
        }
    }

    private static RawResponse? Whole(List<byte> received)
    {
        if (Parse(received) is not { } response)
        {
            return null;
        }

        var length = response.Head.Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line.AsSpan("Content-Length:".Length)))
            .DefaultIfEmpty(-1)
            .First();
        return length >= 0 && Encoding.UTF8.GetByteCount(response.Body) >= length ? response : null;
    }

    private static RawResponse? Parse(List<byte> received)
    {
        var text = Encoding.UTF8.GetString([.. received]);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? null : new RawResponse(int.Parse(text.Split(' ')[1]), text[..end], text[(end + 4)..]);
    }
}
