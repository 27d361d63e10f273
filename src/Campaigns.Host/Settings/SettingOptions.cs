using System.CommandLine;
using System.Globalization;

namespace Campaigns.Host.Settings;

/// <summary>
/// The options of the command line that are settings. An option that is not given falls back to the environment,
/// <c>Campaigns__NAME</c>, then to the setting's default.
/// </summary>
internal static class SettingOptions
{
    public static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Where to listen. Default: http://127.0.0.1:8080",
    };

    public static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder of the database file and of the development keys. Default: ./data",
    };

    public static readonly Option<string?> Postgres = new("--postgres")
    {
        Description = "Connection string of a PostgreSQL database, instead of the file.",
    };

    public static readonly Option<bool> NoDemo = new("--no-demo")
    {
        Description = "Do not import the demo campaign at the first start.",
    };

    public static readonly Option<bool> NoApproval = new("--no-approval")
    {
        Description = "One operator may approve its own campaign. Development only.",
    };

    /// <summary>The settings as command line and environment have them.</summary>
    public static HostSettings Read(ParseResult parsed) => HostSettings.From(
        new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(Given(parsed)).Build());

    /// <summary>What the command line says, under the names of the configuration.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Given(ParseResult parsed)
    {
        foreach (var (option, name) in new[]
        {
            (Urls, nameof(HostSettings.Urls)),
            (Data, nameof(HostSettings.Data)),
            (Postgres, nameof(HostSettings.Postgres)),
        })
        {
            if (parsed.GetResult(option) is not null && parsed.GetValue(option) is { } value)
            {
                yield return Setting(name, value);
            }
        }

        foreach (var (option, name) in new[]
        {
            (NoDemo, nameof(HostSettings.Demo)),
            (NoApproval, nameof(HostSettings.Approval)),
        })
        {
            if (parsed.GetResult(option) is not null && parsed.GetValue(option))
            {
                yield return Setting(name, bool.FalseString);
            }
        }
    }

    private static KeyValuePair<string, string?> Setting(string name, string value) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{HostSettings.Section}:{name}"), value);
}
