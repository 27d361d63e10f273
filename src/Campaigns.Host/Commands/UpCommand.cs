using System.CommandLine;
using System.Net.Sockets;
using Campaigns.Host.Databases;
using Campaigns.Host.Hosting;
using Campaigns.Host.Settings;
using Campaigns.Ledger;
using Microsoft.AspNetCore.Connections;

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
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            EnvironmentName = EnvironmentName(),
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(SettingOptions.Given(parsed));
        var settings = HostSettings.From(builder.Configuration);
        ListenAddresses.Check(settings.Urls);
        var folder = new DataFolder(settings.Data);
        folder.Create();

        await using var database = Database.OpenOrCreate(settings, folder);
        await database.MigrateAsync(stop);
        await database.CheckDurabilityAsync(stop);
        using var logs = LoggerFactory.Create(logging => logging.AddHostLog());
        await using var lease = await ExclusiveUse.TakeAsync(database, settings, logs, stop);

        await using var app = Build(builder, settings, folder, database);
        var exit = app.Services.GetRequiredService<HostExit>();
        using var lost = lease?.Lost.Register(() => exit.Fail("another host has taken the lease on the database"));
        await StartAsync(app, stop);
        Console.WriteLine(Ready(app, settings));
        await app.WaitForShutdownAsync(stop);
        return exit.Reason is { } reason ? throw new HostException(reason + ".") : 0;
    }

    /// <summary>The sections of the settings are read as the parts are put together.</summary>
    private static WebApplication Build(
        WebApplicationBuilder builder, HostSettings settings, DataFolder folder, ILedgerDatabase database)
    {
        try
        {
            return AllInOne.Build(builder, settings, folder, database);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or IOException
            or UnauthorizedAccessException)
        {
            throw new HostException("the settings cannot be used: " + failure.Message.ReplaceLineEndings(" "));
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new HostException($"{failure.Message} Choose another with --urls.");
        }
        catch (SocketException failure)
        {
            throw new HostException($"--urls: {failure.Message}");
        }
    }

    /// <summary>Without a word about it, this is somebody's own machine.</summary>
    private static string EnvironmentName() =>
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
        ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? Environments.Development;

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
