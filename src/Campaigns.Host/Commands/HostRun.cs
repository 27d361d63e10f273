using System.CommandLine;
using Campaigns.Host.Databases;
using Campaigns.Host.Hosting;
using Campaigns.Host.Settings;
using Campaigns.Ledger;
using Microsoft.AspNetCore.Connections;

namespace Campaigns.Host.Commands;

/// <summary>What the commands that serve until a signal have in common.</summary>
internal static class HostRun
{
    public static (WebApplicationBuilder Builder, HostSettings Settings, DataFolder Folder) Begin(ParseResult parsed)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            EnvironmentName = EnvironmentName(),
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(SettingOptions.Given(parsed));
        var settings = HostSettings.From(builder.Configuration);
        ListenAddresses.Check(settings.Urls);
        ListenAddresses.CheckFree(settings.Urls);
        var folder = new DataFolder(settings.Data);
        if (builder.Environment.IsDevelopment() || settings.Postgres is null)
        {
            // Elsewhere nothing is kept in it, and the file system may be read-only.
            folder.Create();
        }

        return (builder, settings, folder);
    }

    /// <summary>Migrated and checked.</summary>
    public static async Task<ILedgerDatabase> OpenAsync(
        HostSettings settings, DataFolder folder, CancellationToken stop)
    {
        var database = Database.OpenOrCreate(settings, folder);
        try
        {
            await database.MigrateAsync(stop);
            await database.CheckDurabilityAsync(stop);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The sections of the settings are read as the parts are put together.</summary>
    public static WebApplication Compose(Func<WebApplication> build)
    {
        try
        {
            return build();
        }
        catch (Exception failure) when (GrainRuntimeHosting.IsRefusal(failure)
            || failure is InvalidOperationException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new HostException("the settings cannot be used: " + failure.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Until a signal, or until the host has a reason of its own to stop.</summary>
    public static async Task<int> ServeAsync(WebApplication app, Func<string> ready, CancellationToken stop)
    {
        StopLimit.Watch(app);
        await StartAsync(app, stop);
        Console.WriteLine(ready());
        try
        {
            await app.WaitForShutdownAsync(stop);
        }
        catch (OperationCanceledException)
        {
            throw new HostException("the host could not stop in order within its time.", HostException.Different);
        }

        return app.Services.GetRequiredService<HostExit>().Reason is { } reason
            ? throw new HostException(reason + ".")
            : 0;
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
        catch (Exception failure) when (GrainRuntimeHosting.IsRefusal(failure))
        {
            throw new HostException("the settings cannot be used: " + failure.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Without a word about it, this is somebody's own machine.</summary>
    private static string EnvironmentName() =>
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
        ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? Environments.Development;
}
