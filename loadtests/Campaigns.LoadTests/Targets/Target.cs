using System.Diagnostics;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Runs;

namespace Campaigns.LoadTests.Targets;

/// <summary>
/// What is asked: a host that runs already, or one of the run's own, with its database where it is known.
/// </summary>
internal sealed class Target : IAsyncDisposable
{
    private static readonly TimeSpan TokensLast = TimeSpan.FromHours(24);

    private readonly HostProgram? _program;
    private readonly string? _ownFolder;
    private readonly string? _data;
    private readonly string? _postgres;

    private Target(
        Uri address, byte[] key, HostProcess? host, HostProgram? program, string? ownFolder, string? data,
        string? postgres)
    {
        Address = address;
        Host = host;
        Signer = new TokenSigner(key, DateTimeOffset.UtcNow + TokensLast);
        (_program, _ownFolder, _data, _postgres) = (program, ownFolder, data, postgres);
    }

    public Uri Address { get; }

    public TokenSigner Signer { get; }

    /// <summary>Null: somebody else's.</summary>
    public HostProcess? Host { get; }

    /// <summary>Whether the journal can be exported; else the audit asks by HTTP.</summary>
    public bool HasDatabase => _program is not null;

    public string Database => _postgres is not null ? "PostgreSQL" : HasDatabase ? "SQLite" : "not known";

    public static async Task<Target> OpenAsync(LoadOptions options, IReadOnlyDictionary<string, string> settings)
    {
        return options.Target is { } address
            ? Running(Parse(address), options)
            : await StartAsync(options, settings);
    }

    /// <summary>A command of the host on the target's database.</summary>
    public ProcessStartInfo Command(string name)
    {
        var command = _program!.Command([name, .. _data is null ? (string[])[] : ["--data", _data]]);
        if (_postgres is not null)
        {
            command.Environment["Campaigns__Postgres"] = _postgres;
        }

        return command;
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }

        if (_ownFolder is not null)
        {
            Directory.Delete(_ownFolder, recursive: true);
        }
    }

    private static Uri Parse(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri
            : throw new TargetException($"--target {address} is no address: use http://HOST:PORT.");

    private static Target Running(Uri address, LoadOptions options)
    {
        var file = options.SigningKey
            ?? (options.Data is { } data ? Path.Combine(data, "dev-signing-key") : null)
            ?? throw new TargetException("--target needs --data DIR or --signing-key FILE, to make tokens with.");
        var database = options.Postgres is not null
            || (options.Data is { } folder && File.Exists(Path.Combine(folder, "campaigns.db")));
        return new Target(
            address, ReadKey(file), null, database ? HostProgram.Find(options.Host) : null, null, options.Data,
            options.Postgres);
    }

    private static async Task<Target> StartAsync(LoadOptions options, IReadOnlyDictionary<string, string> settings)
    {
        var program = HostProgram.Find(options.Host);
        var own = options.Data is null ? Directory.CreateTempSubdirectory("campaigns-load-").FullName : null;
        var data = Path.GetFullPath(options.Data ?? own!);
        var host = new HostProcess(program, data, options.Postgres, settings);
        try
        {
            await host.StartAsync();
            return new Target(
                host.Address, ReadKey(Path.Combine(data, "dev-signing-key")), host, program, own, data,
                options.Postgres);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private static byte[] ReadKey(string file)
    {
        try
        {
            return Convert.FromBase64String(File.ReadAllText(file).Trim());
        }
        catch (Exception failure) when (failure is IOException or FormatException or UnauthorizedAccessException)
        {
            throw new TargetException($"the signing key {file} cannot be read: {failure.Message}", failure);
        }
    }
}
