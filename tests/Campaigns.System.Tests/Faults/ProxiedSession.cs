using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Campaigns.System.Tests.Faults;

/// <summary>What becomes of a commit on its way through a <see cref="CommitProxy"/>.</summary>
internal enum CommitFate
{
    Passed,
    CutBefore,
    CutAfter,
}

/// <summary>
/// One connection through a <see cref="CommitProxy"/>, message by message. A commit of the journal is one execution of
/// its prepared insert: everything from Bind to Sync, answered by CommandComplete and ReadyForQuery.
/// </summary>
internal sealed class ProxiedSession(
    TcpClient host, TcpClient server, Func<CommitFate> next, Action<CommitFate> count) : IDisposable
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;
    private const string Insert = "insert into entries";

    private readonly HashSet<string> _inserts = [];
    private volatile bool _swallow;

    public async Task RunAsync()
    {
        (host.NoDelay, server.NoDelay) = (true, true);
        await StartAsync();
        var first = await Task.WhenAny(RequestsAsync(), AnswersAsync());
        Cut();
        await first;
    }

    /// <summary>Both sides see a reset.</summary>
    public void Cut()
    {
        foreach (var side in (TcpClient[])[host, server])
        {
            if (side.Client is { } socket)
            {
                socket.LingerState = new LingerOption(enable: true, 0);
                socket.Close();
            }
        }
    }

    public void Dispose() => host.Dispose();

    private async Task StartAsync()
    {
        var stream = host.GetStream();
        while (true)
        {
            var head = new byte[8];
            await stream.ReadExactlyAsync(head);
            if (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) is SslRequest or GssRequest)
            {
                await stream.WriteAsync("N"u8.ToArray());
                continue;
            }

            var rest = new byte[BinaryPrimitives.ReadInt32BigEndian(head) - head.Length];
            await stream.ReadExactlyAsync(rest);
            await server.GetStream().WriteAsync((byte[])[.. head, .. rest]);
            return;
        }
    }

    private async Task RequestsAsync()
    {
        var (from, to) = (host.GetStream(), server.GetStream());
        var commit = new MemoryStream();
        while (true)
        {
            var message = await ReadAsync(from);
            var type = (char)message[0];
            if (type == 'P' && Text(message, 1).StartsWith(Insert, StringComparison.Ordinal))
            {
                _inserts.Add(Text(message, 0));
            }

            if (commit.Length == 0 && !(type == 'B' && _inserts.Contains(Text(message, 1))))
            {
                await to.WriteAsync(message);
                continue;
            }

            commit.Write(message);
            if (type != 'S')
            {
                continue;
            }

            switch (next())
            {
                case CommitFate.CutBefore:
                    count(CommitFate.CutBefore);
                    return;
                case CommitFate.CutAfter:
                    _swallow = true;
                    break;
            }

            await to.WriteAsync(commit.ToArray());
            commit.SetLength(0);
        }
    }

    private async Task AnswersAsync()
    {
        var (from, to) = (server.GetStream(), host.GetStream());
        while (true)
        {
            var message = await ReadAsync(from);
            if (!_swallow)
            {
                await to.WriteAsync(message);
                continue;
            }

            if (message[0] == 'C')
            {
                count(CommitFate.CutAfter);
            }

            if (message[0] == 'Z')
            {
                return;
            }
        }
    }

    private static async Task<byte[]> ReadAsync(NetworkStream stream)
    {
        var head = new byte[5];
        await stream.ReadExactlyAsync(head);
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) + 1];
        head.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(head.Length));
        return message;
    }

    /// <summary>The n-th of the texts that a Parse or Bind begins with, each ended by a zero.</summary>
    private static string Text(byte[] message, int number)
    {
        var left = message.AsSpan(5);
        for (; number > 0; number--)
        {
            left = left[(left.IndexOf((byte)0) + 1)..];
        }

        return Encoding.UTF8.GetString(left[..left.IndexOf((byte)0)]);
    }
}
