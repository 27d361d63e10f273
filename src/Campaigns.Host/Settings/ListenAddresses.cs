using System.Net;

namespace Campaigns.Host.Settings;

/// <summary>What <c>--urls</c> may say. The server itself takes any name it cannot read for "all addresses".</summary>
internal static class ListenAddresses
{
    private static readonly string[] Names = ["localhost", "*", "+"];

    /// <summary>
    /// Throws <see cref="HostException"/> unless these are <c>http</c> addresses of this machine, separated by ';'.
    /// </summary>
    public static void Check(string urls)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Length == 0 || !addresses.All(IsOfThisMachine))
        {
            throw new HostException(
                $"--urls: '{urls}' is not http://ADDRESS:PORT with an IP address, localhost or '*' (TLS ends before).");
        }
    }

    private static bool IsOfThisMachine(string address)
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
