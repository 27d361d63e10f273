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
    [InlineData("draw-burst --host /no/such/host.dll", "there is no host at /no/such/host.dll")]
    [InlineData("draw-burst --host-setting nothing", "NAME=VALUE")]
    [InlineData("draw-burst --rate 1000000 --duration 1h", "can be audited")]
    public async Task WhatItsUserCanMend_IsOneLineAndExitCode2(string arguments, string message)
    {
        (await RunAsync(arguments.Split(' '))).ShouldBe(LoadCommand.Refused);
        _error.ToString().TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain(message);
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

    private Task<int> RunAsync(params string[] arguments) => LoadCommandLine.RunAsync(arguments, _output, _error);
}
