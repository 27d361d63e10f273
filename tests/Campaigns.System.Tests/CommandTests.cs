using System.Text.Json.Nodes;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>The operator's commands beside a running host.</summary>
public sealed class CommandTests(FinishedHost finished) : IClassFixture<FinishedHost>
{
    private const string Seed = "0000000000000000000000000000000000000000000000000000000000000000";

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task ImportedPool_DrawnAndEnded_IsVerifiedAuditedAndExported(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        var file = Path.Combine(store.Folder, "document.json");
        await File.WriteAllTextAsync(file, PoolDocument.Of("fair", count: 10, total: 1000, shards: 2));

        var imported = await store.CommandAsync("import", file, "--urls", host.Address.ToString());
        imported.ExitCode.ShouldBe(0, imported.Error);
        var again = await store.CommandAsync("import", file, "--urls", host.Address.ToString());
        again.ExitCode.ShouldBe(0, again.Error);
        await Eventually.ShouldBe(
            async () => (await api.DrawAsync("ann", "k", "fair", PoolDocument.Pool)).Status == 201,
            TimeSpan.FromSeconds(5));
        (await api.OperateAsync("fair", "end")).Status.ShouldBe(200);

        string[] verify = ["verify", "fair/pool", "--urls", host.Address.ToString()];
        await Eventually.ShouldBe(async () => (await store.CommandAsync(verify)).ExitCode == 0);
        (await store.CommandAsync(verify)).Output.ShouldStartWith("fair: 1 draws worth ");
        var audited = await store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
        audited.Output.ShouldContain("balanced");
        var exported = await store.CommandAsync("export");
        exported.Output.TrimEnd().Split('\n').Select(line => (string?)JsonNode.Parse(line)!["kind"])
            .ShouldContain("PacketDrawn");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task AlteredAmount_IsNamedByTheAudit(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await using (var host = await store.StartAsync())
        {
            using var api = new Api(host.Address, store.Tokens);
            await api.LaunchAsync(PoolDocument.Of("altered", count: 10, total: 1000));
            (await api.DrawAsync("ann", "k", "altered", PoolDocument.Pool)).Status.ShouldBe(201);
            (await host.StopAsync()).ShouldBe(0);
        }

        (await store.CommandAsync("audit")).ExitCode.ShouldBe(0);
        (await store.ExecuteAsync("update entries set amount = amount + 1 where kind = 201")).ShouldBe(1);
        var audited = await store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(1);
        audited.Output.ShouldContain("pool/altered/pool/0");
    }

    [Fact]
    public async Task FaultyDocument_IsRefusedWithEveryFaultOnALine()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        await using var host = await store.StartAsync();
        var file = Path.Combine(store.Folder, "document.json");
        var document = JsonNode.Parse(PoolDocument.Of("faulty", count: 10, total: 1000))!;
        document["currency"] = "yuan";
        document["timeZone"] = "Nowhere/Land";
        await File.WriteAllTextAsync(file, document.ToJsonString());
        var imported = await store.CommandAsync("import", file, "--urls", host.Address.ToString());
        imported.ExitCode.ShouldBe(1);
        imported.Error.ShouldContain("$.currency");
        imported.Error.ShouldContain("$.timeZone");
    }

    /// <summary>One line and exit code 2, in place of whatever the command would have come to.</summary>
    [Theory]
    [InlineData("is not the address", "import", "document.json", "--urls", "nonsense")]
    [InlineData("no host answers", "import", "document.json", "--urls", "http://*:1")]
    [InlineData("is not the address", "verify", "c/pool", "--urls", "nonsense")]
    [InlineData("no seeds", "verify", "c/pool", "--urls", "http://*:1")]
    [InlineData("given twice", "verify", "c/pool", "--seed", "main=" + Seed, "--seed", "main=" + Seed)]
    [InlineData("ROUND=HEX", "verify", "c/pool", "--seed", "00")]
    [InlineData("no id", "import", "null.json")]
    [InlineData("no id", "import", "nameless.json")]
    [InlineData("no folder", "audit", "--save-anchor", "/no/folder/anchor")]
    [InlineData("is not an anchor", "audit", "--anchor", "/tmp")]
    [InlineData("printable", "token", "--user", "名")]
    [InlineData("printable", "token", "--user", "")]
    [InlineData("no role 'king'", "token", "--operator", "olga", "--roles", "planner,king")]
    [InlineData("--valid", "token", "--user", "ann", "--valid", "-1:00:00")]
    [InlineData("--facts", "token", "--user", "ann", "--facts", "null")]
    public async Task WhatCannotBe_IsRefusedWithOneLine(string because, params string[] command)
    {
        var run = await finished.RunAsync(command);
        run.ExitCode.ShouldBe(2, run.Error);
        var line = run.Error.TrimEnd().Split('\n').ShouldHaveSingleItem();
        line.ShouldStartWith("campaigns: ");
        line.ShouldContain(because);
    }

    [Fact]
    public async Task Token_WithoutAKeyOrASubject_IsRefusedWithOneLine()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        var withoutKey = await store.CommandAsync("token", "--user", "ann");
        withoutKey.ExitCode.ShouldBe(2);
        withoutKey.Error.TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldContain("dev-signing-key");
        await using var host = await store.StartAsync();
        var withoutSubject = await store.CommandAsync("token");
        withoutSubject.ExitCode.ShouldBe(2);
        withoutSubject.Error.TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldContain("--user");
    }
}
