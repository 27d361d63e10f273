using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Campaigns.Host.Hosting;
using Campaigns.Host.LocalCluster;
using Campaigns.Host.Settings;

namespace Campaigns.Host.Commands;

/// <summary>
/// A cluster on this machine, to try and to test: PostgreSQL, silos and gateways as processes of their own, until a
/// signal.
/// </summary>
internal static class ClusterCommand
{
    public const string Name = "cluster";

    private static readonly Option<int> Silos = new("--silos")
    {
        Description = "How many silos, 1 to 9.",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<int> Gateways = new("--gateways")
    {
        Description = "How many gateways, 1 to 9.",
        DefaultValueFactory = _ => 2,
    };

    public static Command Create()
    {
        var command = new Command(Name, "Runs PostgreSQL, silos and gateways on 127.0.0.x, for trials. Orleans only.")
        {
            Silos, Gateways, SettingOptions.Data, SettingOptions.Postgres,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        ClusterHosting.Require(Name);
        var settings = SettingOptions.Read(parsed);
        var (silos, gateways) = (Number(parsed, Silos), Number(parsed, Gateways));
        new DataFolder(settings.Data).Create();

        using var signalled = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            await using var postgres = settings.Postgres is null
                ? await LocalPostgres.StartAsync(signalled.Token)
                : null;
            await using var cluster = new ClusterProcesses(
                settings.Postgres ?? postgres!.ConnectionString, Path.GetFullPath(settings.Data));
            await cluster.StartAsync(silos, gateways, signalled.Token);
            Console.WriteLine(Ready(cluster, settings));
            await cluster.WatchAsync(signalled.Token);
            return 0;
        }
        catch (OperationCanceledException) when (signalled.IsCancellationRequested)
        {
            return 0;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            signalled.Cancel();
        }
    }

    private static int Number(ParseResult parsed, Option<int> option) => parsed.GetValue(option) is var number
        && number is >= 1 and <= 9
        ? number
        : throw new HostException($"{option.Name} goes from 1 to 9.");

    private static string Ready(ClusterProcesses cluster, HostSettings settings)
    {
        var data = settings.Data == new HostSettings().Data ? "" : $" --data {settings.Data}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"ready: {string.Join(' ', cluster.Gateways)} on {GrainRuntimeHosting.Name} grains and PostgreSQL, "
            + $"{cluster.SiloCount} silos; a user's token: ./campaigns token --user ann{data}");
    }
}
