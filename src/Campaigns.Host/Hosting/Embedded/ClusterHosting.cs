using Campaigns.Host.Settings;

namespace Campaigns.Host.Hosting;

/// <summary>The embedded runtime never grows a cluster: whoever needs a second machine uses Orleans.</summary>
internal static class ClusterHosting
{
    /// <summary>Throws <see cref="HostException"/>.</summary>
    public static void Require(string command) => throw new HostException(
        $"'{command}' needs the Orleans build: set GrainRuntime=Orleans and start again.");

    public static void AddClusterSilo(this WebApplicationBuilder builder, HostSettings settings) => Require("silo");

    public static void AddClusterClient(this WebApplicationBuilder builder, HostSettings settings) =>
        Require("gateway");
}
