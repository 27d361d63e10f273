using System.Text.RegularExpressions;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>The Dockerfile and the compose file, read without a container engine.</summary>
public sealed partial class ImageTests
{
    private static readonly string Dockerfile = HostFacts.Text("deploy/Dockerfile");

    [Fact]
    public void Image_IsMadeFromWhatIsThereAndRunsWithoutRoot()
    {
        var copied = Copy().Matches(Dockerfile).SelectMany(match => match.Groups[1].Value.Split(' ')).ToList();
        copied.ShouldContain("src");
        copied.Where(path => !Path.Exists(Path.Combine(Repository.Root, path))).ShouldBeEmpty();
        var kept = HostFacts.Text("deploy/Dockerfile.dockerignore").Split('\n')
            .Where(line => line.StartsWith('!')).Select(line => line[1..]);
        kept.ShouldBe(copied, ignoreOrder: true);

        Dockerfile.ShouldContain("dotnet publish src/Campaigns.Host -c Release -p:GrainRuntime=Orleans");
        var stages = Dockerfile.Split("\nFROM ");
        stages.Length.ShouldBe(3);
        stages[^1].ShouldContain("\nUSER $APP_UID\n");
    }

    [Fact]
    public void Image_IsAskedByACommandOfTheProgram()
    {
        HostFacts.Commands.ShouldContain("probe");
        Dockerfile.ShouldContain("CMD [\"dotnet\", \"Campaigns.Host.dll\", \"probe\"]");
        var (silo, gateway) = HostFacts.Ports;
        Dockerfile.ShouldContain($"EXPOSE {HostFacts.ImagePort} {silo} {gateway}\n");
    }

    [Fact]
    public void Compose_RunsThreeSilosTwoGatewaysAndWhatWatchesThem()
    {
        var services = Yaml.Documents("deploy/compose.yaml")[0].At("services").Members().ToList();
        services.Select(service => service.Key).ShouldBe(
            ["postgres", "migrate", "silo-1", "silo-2", "silo-3", "gateway-1", "gateway-2", "prometheus", "grafana"],
            ignoreOrder: true);
        foreach (var (name, service) in services.Where(one => one.Value.Text("image") == "campaigns"))
        {
            service.Text("read_only").ShouldBe("true", name);
            HostFacts.Commands.ShouldContain(service.Items("command").Single().ToString());
            service.At("depends_on").Members().Select(one => one.Key)
                .Except(services.Select(one => one.Key)).ShouldBeEmpty(name);
        }

        // Of silos that start together each would make the keys that all must share.
        foreach (var (name, service) in services.Where(one => one.Key is not "silo-1" && one.Value.At("command") != null
            && one.Value.Items("command").Single().ToString() is "silo" or "gateway"))
        {
            service.Text("depends_on.silo-1.condition").ShouldBe("service_healthy", name);
        }

        services.ShouldAllBe(one => one.Value.At("restart") != null);
        var scraped = Yaml.Documents("deploy/prometheus/prometheus.yaml")[0].Items("scrape_configs")
            .SelectMany(job => job.Items("static_configs")).SelectMany(set => set.Items("targets"))
            .Select(target => target.ToString());
        scraped.ShouldBe(
            services.Select(one => one.Key).Where(name => name.StartsWith("silo") || name.StartsWith("gateway"))
                .Select(name => $"{name}:{HostFacts.ImagePort}"),
            ignoreOrder: true);
    }

    [Fact]
    public void Compose_MountsWhatIsThere()
    {
        var mounts = Mount().Matches(HostFacts.Text("deploy/compose.yaml")).Select(match => match.Groups[1].Value);
        mounts.ShouldNotBeEmpty();
        mounts.Where(path => !Path.Exists(Path.Combine(Repository.Root, "deploy", path))).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^COPY ((?!--)[^\n]+) \S+$", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex("\"(\\./[^:]+):")]
    private static partial Regex Mount();
}
