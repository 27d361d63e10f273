using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Campaigns.Bench.Generator;

/// <summary>
/// One client: sends a request, waits for its answer, asks for the next. It counts for itself; nobody else touches its
/// numbers before it has ended.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const int Created = 201;

    private readonly Burst _burst;
    private readonly byte[] _proof;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    private readonly SocketAsyncEventArgs _receive = new();
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(16 * 1024, pinned: true);
    private int _filled;
    private int _request;
    private long _sentAt;

    public Connection(Burst burst, BurstPlan plan)
    {
        _burst = burst;
        _proof = Encoding.ASCII.GetBytes(plan.Proof);
        _socket.Connect(IPAddress.Loopback, plan.Port);
        _socket.Blocking = false;
        _receive.Completed += (_, _) => Received();
    }

    public long Good { get; private set; }

    public long GoodInTime { get; private set; }

    public long Amount { get; private set; }

    public long Bad { get; private set; }

    public string? FirstFault { get; private set; }

    public Dictionary<int, long> Statuses { get; } = [];

    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
    }

    public void Start()
    {
        if (Send())
        {
            Receive();
        }
    }

    private bool Send()
    {
        // Once it gives no request, this connection may already be at work on another thread.
        if (!_burst.TryTake(this, out var request, out var from))
        {
            return false;
        }

        (_request, _sentAt) = (request, from);
        var bytes = _burst.Book[request];
        while (bytes.Length > 0)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }

        return true;
    }

    private void Receive()
    {
        do
        {
            _receive.SetBuffer(_buffer, _filled, _buffer.Length - _filled);
            if (_socket.ReceiveAsync(_receive))
            {
                return;
            }
        }
        while (Take());
    }

    private void Received()
    {
        try
        {
            if (Take())
            {
                Receive();
            }
        }
        catch (SocketException broken)
        {
            GiveUp(broken.Message);
        }
    }

    /// <summary>False once this connection has ended.</summary>
    private bool Take()
    {
        if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
        {
            GiveUp($"the connection was closed ({_receive.SocketError})");
            return false;
        }

        _filled += _receive.BytesTransferred;
        if (!AnswerReader.TryRead(_buffer.AsSpan(0, _filled), out var status, out var body))
        {
            if (_filled < _buffer.Length)
            {
                return true;
            }

            status = 0;
        }

        if (status == 0)
        {
            GiveUp("not an answer: " + Encoding.UTF8.GetString(_buffer, 0, Math.Min(_filled, 500)));
            return false;
        }

        Count(status, body);
        _filled = 0;
        return Send();
    }

    private void Count(int status, ReadOnlySpan<byte> body)
    {
        var inTime = _burst.Answered(_request, _sentAt);
        Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
        if (status != Created || body.IndexOf(_proof) < 0)
        {
            Bad += status == Created ? 1 : 0;
            FirstFault ??= $"{status} {Encoding.UTF8.GetString(body)}";
            return;
        }

        Good++;
        GoodInTime += inTime ? 1 : 0;
        Amount += AnswerReader.Amount(body);
    }

    private void GiveUp(string why)
    {
        Bad++;
        FirstFault ??= why;
        _burst.Ended();
    }
}
