using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Campaigns.System.Tests.Faults;

/// <summary>
/// Stands between a host and PostgreSQL. Of every few commits of the journal it cuts one, by turns before the server
/// has seen it and after the server has executed it, so that the answer never arrives; until it has cut enough.
/// </summary>
internal sealed class CommitProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedSession, bool> _sessions = new();
    private readonly DbConnectionStringBuilder _server;
    private readonly int _every;
    private readonly int _cuts;
    private readonly Task _accepting;
    private int _commits;
    private int _tried;
    private int _before;
    private int _after;

    /// <param name="server">The connection string of the database behind it.</param>
    public CommitProxy(string server, int every, int cuts)
    {
        (_server, _every, _cuts) = (new DbConnectionStringBuilder { ConnectionString = server }, every, cuts);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Commits that the server never saw.</summary>
    public int CutBefore => Volatile.Read(ref _before);

    /// <summary>Commits that the server has confirmed, to nobody.</summary>
    public int CutAfter => Volatile.Read(ref _after);

    public bool HasCutEnough => CutBefore + CutAfter >= _cuts;

    /// <summary>The same database by way of this proxy.</summary>
    public string ConnectionString => new DbConnectionStringBuilder
    {
        ConnectionString = _server.ConnectionString,
        ["Port"] = ((IPEndPoint)_listener.LocalEndpoint).Port,
    }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        foreach (var session in _sessions.Keys)
        {
            session.Cut();
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var host = await _listener.AcceptTcpClientAsync();
                _ = ServeAsync(host);
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient host)
    {
        using var server = new TcpClient();
        using var session = new ProxiedSession(host, server, Next, Count);
        _sessions[session] = true;
        try
        {
            await server.ConnectAsync(
                (string)_server["Host"], int.Parse((string)_server["Port"], CultureInfo.InvariantCulture));
            await session.RunAsync();
        }
        catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException)
        {
            // One side has gone, or the session was cut.
        }
        finally
        {
            _sessions.TryRemove(session, out _);
        }
    }

    private CommitFate Next()
    {
        if (HasCutEnough || Interlocked.Increment(ref _commits) % _every != 0)
        {
            return CommitFate.Passed;
        }

        return Interlocked.Increment(ref _tried) % 2 == 0 ? CommitFate.CutBefore : CommitFate.CutAfter;
    }

    private void Count(CommitFate fate) =>
        Interlocked.Increment(ref fate == CommitFate.CutBefore ? ref _before : ref _after);
}
