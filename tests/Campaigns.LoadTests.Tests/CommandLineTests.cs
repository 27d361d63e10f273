using System.Diagnostics;
using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Scenarios;
using Campaigns.LoadTests.Targets;

namespace Campaigns.LoadTests.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task WithoutAScenario_ListsThem()
    {
        (await RunAsync()).ShouldBe(0);
        foreach (var scenario in AllScenarios.List)
        {
            _output.ToString().ShouldContain(scenario.Name);
        }
    }

    [Theory]
    [InlineData("no-such-scenario", "there is no scenario no-such-scenario")]
    [InlineData("draw-burst --rate 0", "must be more than 0")]
    [InlineData("draw-burst --duration never", "never is no time")]
    [InlineData("draw-burst --target http://127.0.0.1:1", "--target needs --data DIR or --signing-key FILE")]
    [InlineData("draw-burst --target 127.0.0.1:8080 --data x", "--target 127.0.0.1:8080 is no address")]
    [InlineData("draw-burst --target localhost:8080 --data x", "--target localhost:8080 is no address")]
    [InlineData("draw-burst --target ftp://localhost --data x", "--target ftp://localhost is no address")]
    [InlineData("draw-burst --rate many", "many")]
    [InlineData("draw-burst --no-such-option", "--no-such-option")]
    [InlineData("draw-burst --duration 1e300h", "1e300h is no time")]
    [InlineData("draw-burst --config /no/such.json", "--config /no/such.json: there is no such file")]
    [InlineData("draw-burst --out /dev/null/reports", "--out /dev/null/reports cannot be made")]
    [InlineData("draw-burst --host /no/such/host.dll", "there is no host at /no/such/host.dll")]
    [InlineData("draw-burst --host-setting nothing", "NAME=VALUE")]
    [InlineData("draw-burst --rate 1000000 --duration 1h", "can be audited")]
    public async Task WhatItsUserCanMend_IsOneLineAndExitCode2(string arguments, string message)
    {
        (await RunAsync(arguments.Split(' '))).ShouldBe(LoadCommand.Refused);
        _error.ToString().TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain(message);
    }

    [Theory]
    [InlineData("draw-burst", "{", "")]
    [InlineData("draw-burst", """{ "TargetScenarios": ["soak"] }""", "its TargetScenarios leave draw-burst out")]
    [InlineData("draw-burst", """{ "TargetScenarios": [] }""", "its TargetScenarios leave draw-burst out")]
    [InlineData("draw-burst", """{ "KeepConstant": [5, "00:00:10"] }""", "copies that go round have no rate")]
    [InlineData("draw-burst", """{ "Inject": [5, "00:00:01"] }""", "Inject is not known in this form")]
    [InlineData("draw-burst", """{ "Inject": [5, "never", "00:00:10"] }""", "never")]
    [InlineData("draw-burst", """{ "Inject": [5, "00:00:00", "00:00:10"] }""", "")]
    [InlineData("draw-burst", """{ "IterationsForInject": [0, "00:00:01", 10] }""", "")]
    [InlineData("draw-burst", """{ "Pause": "00:00:10" }""", "its simulations send nothing")]
    [InlineData("draw-burst", """{ "Inject": [900000, "00:00:01", "01:00:00"] }""", "can be audited")]
    [InlineData("overload", """{ "Inject": [5, "00:00:01", "00:00:10"] }""", "depends on its own load over time")]
    public async Task ConfigurationThatDoesNotFit_IsOneLineBeforeAnyHostStarts(
        string scenario, string json, string message)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, json.Contains("Target") || json == "{" ? json : Load(scenario, json));
            var code = await RunAsync(scenario, "--config", file, "--host", "/no/such/host.dll");
            code.ShouldBe(LoadCommand.Refused);
            var line = _error.ToString().TrimEnd('\n').Split('\n').ShouldHaveSingleItem();
            line.ShouldContain(message);
            line.ShouldNotContain("there is no host");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task TargetThatDoesNotAnswer_IsOneLineAndExitCode2()
    {
        var key = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));
            (await RunAsync("draw-burst", "--target", "http://127.0.0.1:1", "--signing-key", key))
                .ShouldBe(LoadCommand.Refused);
            _error.ToString().ShouldContain("no host answers at http://127.0.0.1:1/");
        }
        finally
        {
            File.Delete(key);
        }
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("00:01:30", 90)]
    public void Times_AreReadInShortAndLongForm(string text, double seconds) =>
        LoadCommandLine.ParseTime(text).TotalSeconds.ShouldBe(seconds);

    [Theory]
    [InlineData("Campaigns__Testing__EntriesPerSecond", "1000")]
    [InlineData("Campaigns__Testing__ReplyBeforeCommit", "00:00:01")]
    public async Task HostInProduction_RefusesToMakeItsLedgerWorse(string name, string value)
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-load-tests-").FullName;
        try
        {
            var start = HostProgram.Find(null).Command("up", "--data", folder, "--urls", "http://127.0.0.1:0");
            start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
            start.Environment[name] = value;
            using var process = Process.Start(start)!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(2);
            error.ShouldContain("Campaigns__Testing__... is for Development only.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Load(string scenario, string simulation) =>
        $$"""
        { "GlobalSettings": { "ScenariosSettings": [
          { "ScenarioName": "{{scenario}}", "LoadSimulationsSettings": [{{simulation}}] }] } }
        """;

    private Task<int> RunAsync(params string[] arguments) => LoadCommandLine.RunAsync(arguments, _output, _error);
}
