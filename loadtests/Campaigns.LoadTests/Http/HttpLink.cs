using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Campaigns.LoadTests.Http;

/// <summary>
/// One connection that asks one thing at a time, with its buffers. HTTP/1.1, written by hand: the generator shares the
/// processor with what it measures.
/// </summary>
internal sealed class HttpLink(Uri target, TokenSigner signer) : IDisposable
{
    private const int LongestAnswer = 1024 * 1024;

    private readonly byte[] _output = new byte[2_048];
    private byte[] _input = new byte[4_096];
    private ResponseHead _head;
    private Stream? _stream;
    private int _filled;
    private int _bodyLength;

    /// <summary>When it was asked last, a <see cref="Stopwatch"/> timestamp; 0: idle.</summary>
    public long AskedAt { get; private set; }

    /// <summary>The last answer; 0: there was none.</summary>
    public int Status => _head.Status;

    public bool Replayed => _head.Replayed;

    public bool HasRetryAfter => _head.HasRetryAfter;

    public ReadOnlySpan<byte> Body => _input.AsSpan(_head.Length, _bodyLength);

    /// <summary>Microseconds from sending to the answer's end.</summary>
    public long ServiceTime { get; private set; }

    public bool IsOpen => _stream is not null;

    public async ValueTask AskAsync(Call call)
    {
        AskedAt = Stopwatch.GetTimestamp();
        _head = default;
        _filled = _bodyLength = 0;
        try
        {
            var length = Render(call);
            _stream ??= await ConnectAsync();
            await _stream.WriteAsync(_output.AsMemory(0, length));
            await ReadAsync(_stream);
            ServiceTime = (long)Stopwatch.GetElapsedTime(AskedAt).TotalMicroseconds;
            if (_head.Closes)
            {
                Dispose();
            }
        }
        catch (Exception failure) when (failure is IOException or SocketException or ObjectDisposedException
            or FormatException)
        {
            ServiceTime = (long)Stopwatch.GetElapsedTime(AskedAt).TotalMicroseconds;
            _head = default;
            _bodyLength = 0;
            Dispose();
        }
        finally
        {
            AskedAt = 0;
        }
    }

    /// <summary>Ends the request under way, if any, as one without an answer.</summary>
    public void Dispose() => Interlocked.Exchange(ref _stream, null)?.Dispose();

    private async ValueTask<Stream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target.DnsSafeHost, target.Port);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (target.Scheme != Uri.UriSchemeHttps)
            {
                return stream;
            }

            var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(target.DnsSafeHost);
            return secure;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private int Render(in Call call)
    {
        var span = _output.AsSpan();
        var length = Encoding.ASCII.GetBytes(call.Method, span);
        span[length++] = (byte)' ';
        length += Encoding.ASCII.GetBytes(call.Path, span[length..]);
        length += Write(span[length..], " HTTP/1.1\r\nHost: "u8);
        length += Encoding.ASCII.GetBytes(target.Authority, span[length..]);
        if (call.Audience != Audience.None)
        {
            length += Write(span[length..], "\r\nAuthorization: Bearer "u8);
            length += signer.Write(call.Audience, call.Subject, span[length..]);
        }

        if (call.Key is { } key)
        {
            length += Write(span[length..], "\r\nIdempotency-Key: "u8);
            length += Encoding.ASCII.GetBytes(key, span[length..]);
        }

        if (call.Body is { } body)
        {
            length += Write(span[length..], "\r\nContent-Type: application/json\r\nContent-Length: "u8);
            body.Length.TryFormat(span[length..], out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
            length += Write(span[length..], "\r\n\r\n"u8);
            return length + Write(span[length..], body);
        }

        return length + Write(span[length..], "\r\n\r\n"u8);
    }

    private static int Write(Span<byte> to, ReadOnlySpan<byte> text)
    {
        text.CopyTo(to);
        return text.Length;
    }

    private async ValueTask ReadAsync(Stream stream)
    {
        do
        {
            await FillAsync(stream);
        }
        while (!ResponseHead.TryParse(_input.AsSpan(0, _filled), out _head));

        if (_head.Chunked)
        {
            await ReadChunksAsync(stream);
            return;
        }

        while (_filled < _head.Length + _head.ContentLength)
        {
            await FillAsync(stream);
        }

        _bodyLength = _head.ContentLength;
    }

    /// <summary>Moves each chunk's data to the end of those before it.</summary>
    private async ValueTask ReadChunksAsync(Stream stream)
    {
        var read = _head.Length;
        while (true)
        {
            int line;
            while ((line = _input.AsSpan(read, _filled - read).IndexOf("\r\n"u8)) < 0)
            {
                await FillAsync(stream);
            }

            var size = int.Parse(_input.AsSpan(read, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            read += line + 2;
            while (_filled < read + size + 2)
            {
                await FillAsync(stream);
            }

            _input.AsSpan(read, size).CopyTo(_input.AsSpan(_head.Length + _bodyLength));
            _bodyLength += size;
            read += size + 2;
            if (size == 0)
            {
                return;
            }
        }
    }

    private async ValueTask FillAsync(Stream stream)
    {
        if (_filled == _input.Length)
        {
            if (_filled >= LongestAnswer)
            {
                throw new FormatException("The answer is too long.");
            }

            Array.Resize(ref _input, 2 * _filled);
        }

        var read = await stream.ReadAsync(_input.AsMemory(_filled));
        _filled += read > 0 ? read : throw new IOException("The connection was closed.");
    }
}
