using System.CommandLine;
using Campaigns.Host.Hosting;
using Campaigns.Host.Settings;

namespace Campaigns.Host.Commands;

/// <summary>One silo of a cluster, until a signal.</summary>
internal static class SiloCommand
{
    public const string Name = "silo";

    public static Command Create()
    {
        var command = new Command(Name, "Runs the grains of a cluster; --urls is for probes and metrics. Orleans only.")
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
        if (settings.Postgres is null)
        {
            throw new HostException("'silo' needs PostgreSQL: give --postgres \"CONNECTION STRING\".");
        }

        // Silos share the database: none holds the lease, each has a committer's stream of its own.
        settings.Lease = false;
        await using var database = await HostRun.OpenAsync(settings, folder, stop);
        await using var app = HostRun.Compose(() => ClusterHosts.BuildSilo(builder, settings, folder, database));
        return await HostRun.ServeAsync(app, () => Ready(app, settings), stop);
    }

    private static string Ready(WebApplication app, HostSettings settings) =>
        $"ready: {string.Join(' ', app.Urls)} on {GrainRuntimeHosting.Name} grains and PostgreSQL, a silo of "
        + $"'{settings.Cluster.ClusterId}'";
}
