using System.Net;
using System.Net.Sockets;

namespace Campaigns.Host.LocalCluster;

/// <summary>
/// Ports below those that the system takes for outgoing connections: nobody is given one while its owner is away.
/// </summary>
internal static class FreePort
{
    private const int Tries = 1_000;

    public static int On(string address)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Parse(address), port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken by somebody else.
            }
        }

        throw new HostException($"there is no free port on {address} between 20000 and 32000.");
    }
}
