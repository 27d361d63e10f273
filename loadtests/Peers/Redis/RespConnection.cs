using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Campaigns.Peers.Redis;

/// <summary>
/// One connection on which everybody's commands travel in a pipeline: what is written while a packet is on its way
/// leaves with the next one, and answers come in the order of the commands.
/// </summary>
internal sealed class RespConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<PendingReply> _pending = new();
    private readonly SemaphoreSlim _written = new(0);
    private ArrayBufferWriter<byte> _filling = new(64 * 1024);
    private ArrayBufferWriter<byte> _sending = new(64 * 1024);
    private bool _signalled;
    private volatile Exception? _broken;

    public RespConnection(int port)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _ = Task.Run(WriteAsync);
        _ = Task.Run(ReadAsync);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _written.Dispose();
    }

    /// <param name="state">Given to <paramref name="write"/>, which appends one command.</param>
    public ValueTask<RespReply> SendAsync<T>(T state, Action<IBufferWriter<byte>, T> write)
    {
        if (_broken is { } broken)
        {
            throw new IOException("The connection to Redis is broken.", broken);
        }

        var pending = PendingReply.Rent();
        var reply = pending.Task;
        lock (_gate)
        {
            write(_filling, state);
            _pending.Enqueue(pending);
            if (_signalled)
            {
                return reply;
            }

            _signalled = true;
        }

        _written.Release();
        return reply;
    }

    private async Task WriteAsync()
    {
        try
        {
            while (true)
            {
                await _written.WaitAsync();
                lock (_gate)
                {
                    (_filling, _sending) = (_sending, _filling);
                    _signalled = false;
                }

                var bytes = _sending.WrittenMemory;
                while (bytes.Length > 0)
                {
                    bytes = bytes[await _socket.SendAsync(bytes)..];
                }

                _sending.ResetWrittenCount();
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            Break(failure);
        }
    }

    private async Task ReadAsync()
    {
        await using var stream = new NetworkStream(_socket);
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync();
                pipe.AdvanceTo(Complete(read.Buffer), read.Buffer.End);
                if (read.IsCompleted)
                {
                    throw new IOException("Redis has closed the connection.");
                }
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            Break(failure);
        }
    }

    /// <summary>Gives every whole reply to who waits for it; how far it came.</summary>
    private SequencePosition Complete(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        var consumed = reader.Position;
        while (RespReply.TryRead(ref reader, out var reply))
        {
            consumed = reader.Position;
            _pending.TryDequeue(out var pending);
            pending!.Complete(reply);
        }

        return consumed;
    }

    private void Break(Exception failure)
    {
        _broken = failure;
        while (_pending.TryDequeue(out var pending))
        {
            pending.Fail(failure);
        }
    }
}
