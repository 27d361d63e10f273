using System.Net;
using System.Net.Sockets;

namespace Campaigns.Host.Settings;

/// <summary>What <c>--urls</c> may say. The server itself takes any name it cannot read for "all addresses".</summary>
internal static class ListenAddresses
{
    private static readonly string[] Names = ["localhost", "*", "+"];
    private static readonly string[] Everywhere = ["*", "+", "0.0.0.0", "[::]"];

    /// <summary>
    /// Throws <see cref="HostException"/> unless these are <c>http</c> addresses of this machine, separated by ';'.
    /// </summary>
    public static void Check(string urls)
    {
        var addresses = Split(urls);
        if (addresses.Length == 0 || !addresses.All(IsWellFormed))
        {
            throw new HostException(
                $"--urls: '{urls}' is not http://ADDRESS:PORT with an IP address, localhost or '*' (TLS ends before).");
        }
    }

    /// <summary>
    /// Throws <see cref="HostException"/> when one of them is taken, or not of this machine: a grain runtime that has
    /// started by the time the server finds out would have much to say about being stopped.
    /// </summary>
    public static void CheckFree(string urls)
    {
        foreach (var address in Split(urls))
        {
            var parsed = BindingAddress.Parse(address);
            var place = IPAddress.TryParse(parsed.Host, out var ip) ? ip
                : parsed.Host == "localhost" ? IPAddress.Loopback
                : IPAddress.Any;
            using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(place, parsed.Port));
            }
            catch (SocketException failure)
            {
                throw new HostException($"--urls: {address}: {failure.Message}.");
            }
        }
    }

    /// <summary>
    /// Where a command reaches the host behind the first of them: here, if it listens on all addresses, or elsewhere.
    /// Throws <see cref="HostException"/> where that is no address.
    /// </summary>
    public static Uri Reach(string urls)
    {
        try
        {
            var parsed = BindingAddress.Parse(Split(urls).FirstOrDefault() ?? "");
            var host = Everywhere.Contains(parsed.Host) ? "localhost" : parsed.Host;
            if (parsed is { Scheme: "http" or "https", IsUnixPipe: false, PathBase: "" }
                && Uri.TryCreate($"{parsed.Scheme}://{host}:{parsed.Port}", UriKind.Absolute, out var address))
            {
                return address;
            }
        }
        catch (FormatException)
        {
            // The same as any other text that is no address.
        }

        throw new HostException($"--urls: '{urls}' is not the address of a host, such as http://127.0.0.1:8080.");
    }

    private static string[] Split(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsWellFormed(string address)
    {
        try
        {
            var parsed = BindingAddress.Parse(address);
            return parsed is { Scheme: "http", IsUnixPipe: false, PathBase: "" }
                && (Names.Contains(parsed.Host) || IPAddress.TryParse(parsed.Host, out _));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
