using System.CommandLine;
using Campaigns.Host.Hosting;
using Campaigns.Host.Settings;

namespace Campaigns.Host.Commands;

/// <summary>One gateway of a cluster, until a signal.</summary>
internal static class GatewayCommand
{
    public const string Name = "gateway";

    public static Command Create()
    {
        var command = new Command(Name, "Runs the HTTP front of a cluster; its grains are in silos. Orleans only.")
        {
            SettingOptions.Urls, SettingOptions.Data, SettingOptions.Postgres,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        ClusterHosting.Require(Name);
        var (builder, settings, folder) = HostRun.Begin(parsed);
        await using var app = HostRun.Compose(() => ClusterHosts.BuildGateway(builder, settings, folder));
        return await HostRun.ServeAsync(
            app,
            () => $"ready: {string.Join(' ', app.Urls)} on {GrainRuntimeHosting.Name} grains and PostgreSQL, "
                + $"a gateway of '{settings.Cluster.ClusterId}'",
            stop);
    }
}
