using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Campaigns.Bench.Systems;

/// <summary>
/// Makes another .NET process collect its garbage: a diagnostics session whose only keyword asks for one full,
/// blocking collection when the session begins.
/// </summary>
internal static class HeapCollection
{
    private const byte EventPipe = 2;
    private const byte StopTracing = 1;
    private const byte CollectTracing2 = 3;
    private const byte Server = 0xFF;
    private const ulong GCHeapCollect = 0x800000;
    private const uint Informational = 4;
    private const uint NetTrace = 1;
    private const int HeaderLength = 20;
    private const string Provider = "Microsoft-Windows-DotNETRuntime";

    public static async Task RunAsync(int process)
    {
        using var session = await ConnectAsync(process);
        await SendAsync(session, CollectTracing2, Session());
        var id = await ReplyAsync(session);
        var drained = DrainAsync(session);
        await Task.Delay(TimeSpan.FromSeconds(2));
        using (var stop = await ConnectAsync(process))
        {
            var body = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(body, id);
            await SendAsync(stop, StopTracing, body);
            await ReplyAsync(stop);
        }

        await drained;
    }

    private static byte[] Session()
    {
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body);
        writer.Write(1u); // megabytes of buffer
        writer.Write(NetTrace);
        writer.Write(false); // no rundown
        writer.Write(1u); // one provider
        writer.Write(GCHeapCollect);
        writer.Write(Informational);
        writer.Write((uint)Provider.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(Provider + "\0"));
        writer.Write(0u); // no filter
        return body.ToArray();
    }

    private static async Task<NetworkStream> ConnectAsync(int process)
    {
        var path = Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process}-*-socket").Single();
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task SendAsync(NetworkStream stream, byte command, byte[] body)
    {
        var message = new byte[HeaderLength + body.Length];
        "DOTNET_IPC_V1\0"u8.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        message[16] = EventPipe;
        message[17] = command;
        body.CopyTo(message, HeaderLength);
        await stream.WriteAsync(message);
    }

    /// <summary>The session's id.</summary>
    private static async Task<ulong> ReplyAsync(NetworkStream stream)
    {
        var reply = new byte[HeaderLength + sizeof(ulong)];
        await stream.ReadExactlyAsync(reply);
        return reply[16] == Server && reply[17] == 0
            ? BinaryPrimitives.ReadUInt64LittleEndian(reply.AsSpan(HeaderLength))
            : throw new InvalidOperationException("The process refuses the diagnostics session.");
    }

    private static async Task DrainAsync(NetworkStream stream)
    {
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer) > 0)
        {
        }
    }
}
