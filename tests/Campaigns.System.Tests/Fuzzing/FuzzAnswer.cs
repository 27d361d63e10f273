using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record FuzzAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    public string? Header(string name) => Headers
        .Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(header => header.Value)
        .FirstOrDefault();

    public bool Closes => Header("Connection") == "close";

    public override string ToString() => $"{Status}\n"
        + string.Join('\n', Headers.Select(header => $"{header.Name}: {header.Value}"))
        + $"\n\n{Encoding.UTF8.GetString(Body)}";
}

/// <summary>A connection that sends what it is given, byte for byte; opened anew when the host closed it.</summary>
internal sealed class FuzzLink(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TcpClient? _socket;
    private BufferedStream? _input;

    /// <summary>Throws where no whole answer comes.</summary>
    public async Task<FuzzAnswer> SendAsync(byte[] request, bool withoutBody)
    {
        using var bound = new CancellationTokenSource(Patience);
        if (_socket is null)
        {
            _socket = new TcpClient { NoDelay = true };
            await _socket.ConnectAsync(address.Host, address.Port, bound.Token);
            _input = new BufferedStream(_socket.GetStream(), 16 * 1024);
        }

        try
        {
            // Both at once: a host that refuses early may stop reading, and must not be left waiting for it.
            var sending = _socket.GetStream().WriteAsync(request, bound.Token).AsTask();
            var answer = await ReadAsync(withoutBody, bound.Token);
            if (answer.Closes)
            {
                Close();
            }
            else
            {
                await sending;
            }

            _ = sending.Exception;
            return answer;
        }
        catch
        {
            Close();
            throw;
        }
    }

    public void Dispose() => Close();

    private void Close()
    {
        _input?.Dispose();
        _socket?.Dispose();
        (_socket, _input) = (null, null);
    }

    private async Task<FuzzAnswer> ReadAsync(bool withoutBody, CancellationToken cancellation)
    {
        while (true)
        {
            var status = int.Parse((await LineAsync(cancellation)).Split(' ')[1], CultureInfo.InvariantCulture);
            var headers = new List<(string Name, string Value)>();
            while (await LineAsync(cancellation) is { Length: > 0 } line)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                headers.Add((line[..colon], line[(colon + 1)..].Trim()));
            }

            var answer = new FuzzAnswer(status, headers, []);
            if (status >= 200)
            {
                return withoutBody ? answer : answer with { Body = await BodyAsync(answer, cancellation) };
            }
        }
    }

    private async Task<byte[]> BodyAsync(FuzzAnswer answer, CancellationToken cancellation)
    {
        if (answer.Header("Content-Length") is { } length)
        {
            return await ExactAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellation);
        }

        var body = new List<byte>();
        while (answer.Header("Transfer-Encoding") == "chunked")
        {
            var size = Convert.ToInt32(await LineAsync(cancellation), 16);
            body.AddRange(await ExactAsync(size, cancellation));
            await LineAsync(cancellation);
            if (size == 0)
            {
                break;
            }
        }

        return [.. body];
    }

    private async Task<byte[]> ExactAsync(int length, CancellationToken cancellation)
    {
        var bytes = new byte[length];
        await _input!.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (line is not [.., (byte)'\r', (byte)'\n'])
        {
            if (await _input!.ReadAsync(one, cancellation) == 0)
            {
                throw new IOException("The host closed the connection without a whole answer.");
            }

            line.Add(one[0]);
        }

        return Encoding.Latin1.GetString([.. line[..^2]]);
    }
}
