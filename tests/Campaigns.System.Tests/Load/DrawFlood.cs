using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Campaigns.System.Tests.Clients;

namespace Campaigns.System.Tests.Load;

/// <summary>
/// Users who each draw once, sent several at a time down raw connections: a client that leaves the machine to the host
/// where a million draws are only the preparation. Whoever is told "ask again" is asked again.
/// </summary>
internal sealed class DrawFlood(Uri address, DevTokens tokens, string campaign, string activity)
{
    private const int Together = 16;
    private readonly ConcurrentQueue<int> _again = new();
    private int _next;
    private int _won;
    private long _amount;

    /// <summary>Draws that were answered 201.</summary>
    public int Won => Volatile.Read(ref _won);

    /// <summary>What they were told to have won, in fen.</summary>
    public long Amount => Volatile.Read(ref _amount);

    public static string User(int number) => $"user-{number:d7}";

    /// <summary>Ends once each of the users 0 to <paramref name="users"/> - 1 has won; any refusal fails it.</summary>
    public Task RunAsync(int users, int connections, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => ConnectAsync(users, stop), stop)));

    private async Task ConnectAsync(int users, CancellationToken stop)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, stop);
        var stream = socket.GetStream();
        var answers = new Answers(stream);
        var some = new List<int>(Together);
        while (Take(some, users))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(some.Select(Request))), stop);
            foreach (var user in some)
            {
                await CountAsync(user, await answers.NextAsync(stop), stop);
            }
        }
    }

    private bool Take(List<int> some, int users)
    {
        some.Clear();
        while (some.Count < Together && _again.TryDequeue(out var user))
        {
            some.Add(user);
        }

        while (some.Count < Together && Volatile.Read(ref _next) < users
            && Interlocked.Increment(ref _next) is var taken && taken <= users)
        {
            some.Add(taken - 1);
        }

        return some.Count > 0;
    }

    private async Task CountAsync(int user, (int Status, long Amount) answer, CancellationToken stop)
    {
        switch (answer.Status)
        {
            case 201:
                Interlocked.Increment(ref _won);
                Interlocked.Add(ref _amount, answer.Amount);
                break;
            case 429 or 503:
                _again.Enqueue(user);
                await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
                break;
            default:
                throw new InvalidOperationException($"{User(user)} was answered {answer.Status}.");
        }
    }

    private string Request(int user)
    {
        var name = User(user);
        return $"POST /v1/campaigns/{campaign}/activities/{activity}/draws HTTP/1.1\r\nHost: {address.Authority}\r\n"
            + $"Authorization: Bearer {tokens.User(name)}\r\nIdempotency-Key: {DrawBurst.Key(name)}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    }

    /// <summary>Reads no more of the answers that follow each other on a connection than status and amount.</summary>
    private sealed class Answers(Stream stream)
    {
        private readonly byte[] _buffer = new byte[64 * 1024];
        private int _from;
        private int _to;

        public async ValueTask<(int Status, long Amount)> NextAsync(CancellationToken stop)
        {
            while (true)
            {
                if (Take() is { } answer)
                {
                    return answer;
                }

                _buffer.AsSpan(_from.._to).CopyTo(_buffer);
                (_from, _to) = (0, _to - _from);
                var read = await stream.ReadAsync(_buffer.AsMemory(_to), stop);
                _to += read > 0 ? read : throw new IOException("The host closed a connection.");
            }
        }

        /// <summary>Null while the next answer is not there as a whole.</summary>
        private (int Status, long Amount)? Take()
        {
            var seen = _buffer.AsSpan(_from.._to);
            var head = seen.IndexOf("\r\n\r\n"u8) + 4;
            if (head < 4 || Number(seen[..head], "Content-Length: "u8) is var length && head + length > seen.Length)
            {
                return null;
            }

            _from += head + (int)length;
            var status = (int)Number(seen, "HTTP/1.1 "u8);
            return (status, status == 201 ? Number(seen.Slice(head, (int)length), "\"amount\":"u8) : 0);
        }

        private static long Number(ReadOnlySpan<byte> text, ReadOnlySpan<byte> behind)
        {
            var at = text.IndexOf(behind);
            return at >= 0 && Utf8Parser.TryParse(text[(at + behind.Length)..], out long number, out _)
                ? number
                : throw new InvalidOperationException(Encoding.UTF8.GetString(text));
        }
    }
}
