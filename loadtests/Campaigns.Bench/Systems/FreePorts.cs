using System.Net;
using System.Net.Sockets;

namespace Campaigns.Bench.Systems;

/// <summary>
/// Ports below the range that the system gives to outgoing connections, so that no client can be given a server's port.
/// </summary>
internal static class FreePorts
{
    public static int Next()
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken by somebody else.
            }
        }

        throw new InvalidOperationException("No free port between 20000 and 32000.");
    }
}
