using System.CommandLine;
using Campaigns.Host.Databases;
using Campaigns.Host.Hosting;
using Campaigns.Host.Settings;

namespace Campaigns.Host.Commands;

/// <summary>Gateway and grains in one process, until a signal.</summary>
internal static class UpCommand
{
    public const string Name = "up";

    public static Command Create()
    {
        var command = new Command(Name, "Runs gateway and grains in one process, on a SQLite file or on PostgreSQL.")
        {
            SettingOptions.Urls,
            SettingOptions.Data,
            SettingOptions.Postgres,
            SettingOptions.NoDemo,
            SettingOptions.NoApproval,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using var limit = FileSizeLimit.Outlive();
        var (builder, settings, folder) = HostRun.Begin(parsed);
        await using var database = await HostRun.OpenAsync(settings, folder, stop);
        using var logs = LoggerFactory.Create(logging => logging.AddHostLog());
        await using var lease = await ExclusiveUse.TakeAsync(database, settings, logs, stop);

        await using var app = HostRun.Compose(() => AllInOne.Build(builder, settings, folder, database));
        var exit = app.Services.GetRequiredService<HostExit>();
        using var lost = lease?.Lost.Register(() => exit.Fail("another host has taken the lease on the database"));
        return await HostRun.ServeAsync(app, () => Ready(app, settings), stop);
    }

    private static string Ready(WebApplication app, HostSettings settings)
    {
        var store = settings.Postgres is null ? "SQLite" : "PostgreSQL";
        var line = $"ready: {string.Join(' ', app.Urls)} on {GrainRuntimeHosting.Name} grains and {store}";
        var data = settings.Data == new HostSettings().Data ? "" : $" --data {settings.Data}";
        return app.Environment.IsDevelopment()
            ? line + $"; a user's token: ./campaigns token --user ann{data}"
            : line;
    }
}
