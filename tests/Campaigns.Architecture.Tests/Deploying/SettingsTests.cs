using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>docs/settings.md and the options classes say the same, and manifests set nothing else.</summary>
public sealed partial class SettingsTests
{
    private static readonly (string Section, string Assembly, string Type)[] Sections =
    [
        ("", "Campaigns.Host", "Campaigns.Host.Settings.HostSettings"),
        ("Gateway", "Campaigns.Gateway", "Campaigns.Gateway.GatewayOptions"),
        ("Grains", "Campaigns.Grains", "Campaigns.Grains.GrainOptions"),
        ("Ledger:GroupCommit", "Campaigns.Ledger", "Campaigns.Ledger.GroupCommit.GroupCommitOptions"),
        ("Ledger:Loads", "Campaigns.Ledger", "Campaigns.Ledger.Loads.LoadOptions"),
    ];

    /// <summary>Set by the host itself from another setting, whatever their section says.</summary>
    private static readonly string[] NoSettings =
    [
        "Gateway:Auth:Development", "Gateway:Auth:DevelopmentKey", "Grains:SelfApproval", "Ledger:GroupCommit:Lanes",
    ];

    /// <summary>Read one by one, without a class of options.</summary>
    private static readonly string[] Secrets = ["Secrets:ChainKey", "Secrets:SeedKey"];

    [Fact]
    public void Page_NamesEverySettingAndNoOther() => Documented().Keys.ShouldBe(
        InCode().Keys.Except(NoSettings).Concat(Secrets), ignoreOrder: true);

    [Fact]
    public void Page_TellsTheDefaultsThatTheCodeHas()
    {
        var documented = Documented();
        foreach (var (name, value) in InCode().Where(setting => documented.ContainsKey(setting.Key)))
        {
            if (value is not IEnumerable or string)
            {
                documented[name].ShouldBe(Shown(value), name);
            }
        }
    }

    [Theory]
    [InlineData("deploy/Dockerfile")]
    [InlineData("deploy/compose.yaml")]
    [InlineData("deploy/kubernetes/base/config.yaml")]
    [InlineData("deploy/kubernetes/base/silos.yaml")]
    [InlineData("deploy/kubernetes/base/gateways.yaml")]
    [InlineData("deploy/kubernetes/base/migrate.yaml")]
    [InlineData("deploy/kubernetes/base/audit.yaml")]
    [InlineData("deploy/kubernetes/overlays/production/issuer.yaml")]
    [InlineData("deploy/kubernetes/overlays/staging/issuer.yaml")]
    [InlineData("deploy/kubernetes/overlays/production/tls.yaml")]
    public void Manifest_SetsOnlyWhatIsASetting(string manifest)
    {
        var set = Variable().Matches(HostFacts.Text(manifest))
            .Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal))
            .ToList();
        set.ShouldNotBeEmpty();
        set.Except(Documented().Keys).ShouldBeEmpty();
    }

    /// <summary>Name and default of each row of a table that begins with a setting.</summary>
    private static Dictionary<string, string> Documented()
    {
        var found = new Dictionary<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "docs/settings.md")))
        {
            if (Row().Match(line) is { Success: true } row)
            {
                found.Add(row.Groups[1].Value, row.Groups[2].Value.Trim().Trim('`'));
            }
        }

        return found;
    }

    private static Dictionary<string, object?> InCode()
    {
        var found = new Dictionary<string, object?>();
        foreach (var (section, assembly, type) in Sections)
        {
            Add(found, section, Options.New(assembly, type));
        }

        return found;
    }

    private static void Add(Dictionary<string, object?> found, string section, object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = section.Length == 0 ? property.Name : $"{section}:{property.Name}";
            var value = property.GetValue(options);
            var ours = property.PropertyType.Namespace!.StartsWith("Campaigns", StringComparison.Ordinal);
            if (ours && property.PropertyType.IsClass)
            {
                Add(found, name, value!);
            }
            else if (property.CanWrite || value is IEnumerable)
            {
                found.Add(name, value);
            }
        }
    }

    private static string Shown(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        TimeSpan { Milliseconds: not 0 } time => time.ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    [GeneratedRegex(@"^\| `([A-Z][\w:]*)` \|([^|]*)\|")]
    private static partial Regex Row();

    [GeneratedRegex(@"Campaigns__(\w+)")]
    private static partial Regex Variable();
}
