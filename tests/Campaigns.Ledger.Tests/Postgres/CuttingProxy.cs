using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Campaigns.Ledger.Tests.Postgres;

/// <summary>What happens to a connection at one exact place of the conversation.</summary>
public enum Cut
{
    None,

    /// <summary>The server never sees the insert.</summary>
    BeforeInsert,

    /// <summary>The server sees the first half of the insert.</summary>
    InsideInsert,

    /// <summary>The server has committed, its answer is lost.</summary>
    AfterInsert,

    /// <summary>The insert is swallowed and the connection stays open in silence.</summary>
    SilenceAtInsert,
}

/// <summary>A network between the program and the server that fails where the test says.</summary>
internal sealed class CuttingProxy : IDisposable
{
    /// <summary>The first message of a prepared statement's execution.</summary>
    private const byte Bind = (byte)'B';

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;

    public CuttingProxy(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        _server = new IPEndPoint(IPAddress.Parse(target.Host!), target.Port);
        _listener.Start();
        target.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        target.SslMode = SslMode.Disable;
        ConnectionString = target.ConnectionString;
        _ = AcceptAsync();
    }

    /// <summary>Leads through here.</summary>
    public string ConnectionString { get; }

    public Cut Cut { get; set; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(_server);
        var conversation = new Conversation();
        await Task.WhenAny(
            PumpAsync(near, far, (bytes, forward) => ToServerAsync(conversation, bytes, forward)),
            PumpAsync(far, near, (bytes, forward) => conversation.IsDeaf ? Stop : forward(bytes)));
    }

    private async Task<bool> ToServerAsync(
        Conversation conversation, ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, Task<bool>> forward)
    {
        conversation.IsJournal |= Says(bytes, " journal\0");
        var inserts = conversation.IsJournal && bytes.Span[0] == Bind;
        switch (Cut)
        {
            case Cut.BeforeInsert when inserts:
                return false;
            case Cut.InsideInsert when inserts:
                await forward(bytes[..(bytes.Length / 2)]);
                return false;
            case Cut.SilenceAtInsert when inserts:
                return true;
            default:
                // Set before the server can answer: its next words, which say that it has committed, are the last.
                conversation.IsDeaf = inserts && Cut == Cut.AfterInsert;
                return await forward(bytes);
        }
    }

    private static async Task PumpAsync(
        TcpClient from,
        TcpClient to,
        Func<ReadOnlyMemory<byte>, Func<ReadOnlyMemory<byte>, Task<bool>>, Task<bool>> pass)
    {
        var buffer = new byte[128 * 1024];
        try
        {
            int read;
            do
            {
                read = await from.GetStream().ReadAsync(buffer);
            }
            while (read > 0 && await pass(buffer.AsMemory(0, read), ForwardAsync));
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has gone.
        }

        async Task<bool> ForwardAsync(ReadOnlyMemory<byte> bytes)
        {
            await to.GetStream().WriteAsync(bytes);
            return true;
        }
    }

    private static Task<bool> Stop => Task.FromResult(false);

    private static bool Says(ReadOnlyMemory<byte> bytes, string text) =>
        bytes.Span.IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    private sealed class Conversation
    {
        public volatile bool IsDeaf;

        /// <summary>Its start names the application: this one writes the journal.</summary>
        public bool IsJournal;
    }
}
