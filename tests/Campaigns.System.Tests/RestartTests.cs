using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;
using Xunit.Abstractions;

namespace Campaigns.System.Tests;

/// <summary>A pool with a long history answers soon after a start.</summary>
[Trait("Proof", "restart")]
public sealed class RestartTests(ITestOutputHelper output)
{
    private const int Connections = 256;
    private const int Left = 1_000;
    private const string Campaign = "restart";
    private static readonly int Draws = Scale.Of("restart", everyRun: 20_000, proven: 999_000);
    private static readonly TimeSpan Prepared = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task FirstDrawAfterARestart_IsAnsweredWithinFiveSeconds(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        var began = TimeProvider.System.GetTimestamp();
        long issued;
        await using (var host = await store.StartAsync())
        {
            using var api = new Api(host.Address, store.Tokens);
            await api.LaunchAsync(PoolDocument.Of(Campaign, count: Draws + Left, total: (Draws + Left) * 100L));
            using var bound = new CancellationTokenSource(Prepared);
            var flood = new DrawFlood(host.Address, store.Tokens, Campaign, PoolDocument.Pool);
            await flood.RunAsync(Draws, Connections, bound.Token);
            flood.Won.ShouldBe(Draws);
            issued = flood.Amount;
            await host.KillAsync();
        }

        output.WriteLine($"{kind}: {Draws} draws took {TimeProvider.System.GetElapsedTime(began)}");
        var user = Draws;
        await Fastest.ShouldBeWithinAsync(Answered, async () =>
        {
            var (took, amount) = await FirstDrawAsync(store, user++, issued);
            issued += amount;
            return took;
        });
    }

    /// <summary>How long the draw took, and what it won, in fen. The host is killed again.</summary>
    private async Task<(TimeSpan Took, long Amount)> FirstDrawAsync(Store store, int user, long issuedBefore)
    {
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        var (began, worked) = (TimeProvider.System.GetTimestamp(), host.Worked);
        Answer? drawn = null;
        await Eventually.ShouldBe(
            async () => (drawn = await DrawAsync(api, user)).Definite, TimeSpan.FromSeconds(30));
        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"first draw: {took}, of the processor {host.Worked - worked}");
        drawn!.Status.ShouldBe(201, drawn.Body);

        var repeated = await DrawAsync(api, 0);
        repeated.Replayed.ShouldBeTrue(repeated.Body);
        (await IssuedAsync(api)).ShouldBe(issuedBefore + drawn.Cash);
        await host.KillAsync();
        return (took, drawn.Cash);
    }

    private static Task<Answer> DrawAsync(Api api, int user) => api.DrawAsync(
        DrawFlood.User(user), DrawBurst.Key(DrawFlood.User(user)), Campaign, PoolDocument.Pool);

    /// <summary>What the books say all draws have won, in fen.</summary>
    private static async Task<long> IssuedAsync(Api api)
    {
        var audit = await api.SendAsync(
            "GET", $"/v1/ops/campaigns/{Campaign}/audit", api.Tokens.Operator("olga"));
        ((bool?)audit.Json["balanced"]).ShouldBe(true, audit.Body);
        var pool = audit.Json["accounts"]!.AsArray().Single(account => (string?)account!["account"] != Campaign)!;
        return (long)pool["issued"]!;
    }
}
