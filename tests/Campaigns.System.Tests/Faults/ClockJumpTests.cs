using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Faults;

/// <summary>
/// Somebody sets the machine's clock back and forth by hours, across midnight too, while users draw and check in:
/// time in each stream goes only forward, and what is allowed once a day is had once a day.
/// </summary>
[Trait("Proof", "clock")]
public sealed class ClockJumpTests
{
    private const int Users = 24;
    private const string Campaign = "clock";
    private static readonly TimeSpan For = TimeSpan.FromSeconds(Scale.Of("clock", everyRun: 3, proven: 60));
    private static readonly double[] Hours = [0, 5, -6, 0.5, 6, -1, 2, -6];

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task ClockSetBackAndForth_KeepsTimeInStreamsAndLimitsPerDay(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await store.SetClockAsync(TimeSpan.Zero);
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens, Users);
        await api.LaunchAsync(Document());

        var told = new ConcurrentBag<(string User, Answer Answer)>();
        var began = TimeProvider.System.GetTimestamp();
        var users = Enumerable.Range(0, Users).Select(user => AskAsync(api, $"user-{user}", began, told));
        await Task.WhenAll([.. users, JumpAsync(store, began)]);

        told.ShouldAllBe(ask => ask.Answer.Status == 201
            || (ask.Answer.Status == 409 && (ask.Answer.Code == "quota-exceeded" || ask.Answer.Code == "already-drawn"
                || ask.Answer.Code == "already-checked-in"))
            || (ask.Answer.Status == 503 && ask.Answer.RetryAfter));
        told.Count(ask => ask.Answer.Status == 201).ShouldBeGreaterThan(Users);
        await Reckoning.IsBalancedAsync(store);
        var rows = (await store.CommandAsync("export")).Output.TrimEnd().Split('\n')
            .Select(line => JsonNode.Parse(line)!).ToList();
        TimeNeverRunsBack(rows);
        OnceADay(rows.Where(row => (string?)row["kind"] == "PacketDrawn").Select(DrawnOn));
        OnceADay(told
            .Where(ask => ask.Answer is { Status: 201, Replayed: false } && ask.Answer.Json["date"] is not null)
            .Select(ask => (ask.User, (string)ask.Answer.Json["date"]!)));
    }

    private static string Document()
    {
        var document = JsonNode.Parse(NightDocument.Json())!;
        document["id"] = Campaign;
        document["activities"]![0]!["perUser"] = new JsonObject { ["perDay"] = 1 };
        return document.ToJsonString();
    }

    private static async Task AskAsync(
        Api api, string user, long began, ConcurrentBag<(string User, Answer Answer)> told)
    {
        for (var number = 0; TimeProvider.System.GetElapsedTime(began) < For; number++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"k-{number}");
            told.Add((user, await api.DrawAsync(user, key, Campaign, "rain")));
            told.Add((user, await api.SendAsync(
                "POST", $"/v1/campaigns/{Campaign}/activities/daily/check-ins", api.Tokens.User(user), "{}")));
        }
    }

    private static async Task JumpAsync(Store store, long began)
    {
        for (var number = 0; TimeProvider.System.GetElapsedTime(began) < For; number++)
        {
            await store.SetClockAsync(TimeSpan.FromHours(Hours[number % Hours.Length]));
            await Task.Delay(TimeSpan.FromMilliseconds(150));
        }
    }

    private static void TimeNeverRunsBack(IEnumerable<JsonNode> rows)
    {
        foreach (var stream in rows.GroupBy(row => (string)row["stream"]!))
        {
            var times = stream.OrderBy(row => (long)row["version"]!).Select(row => (DateTimeOffset)row["at"]!).ToList();
            times.ShouldBe(times.Order());
        }
    }

    /// <summary>Whom the row credits, and the business day that the decision rested on.</summary>
    private static (string User, string Day) DrawnOn(JsonNode row)
    {
        // Two hashes of eight bytes, then numbers of seven bits a byte: round, origin, packet, day.
        var payload = Convert.FromHexString((string)row["payload"]!).AsSpan(16);
        ulong number = 0;
        for (var left = 4; left > 0; left--)
        {
            number = 0;
            for (var shift = 0; ; shift += 7)
            {
                var part = payload[0];
                payload = payload[1..];
                number |= (ulong)(part & 0x7f) << shift;
                if (part < 0x80)
                {
                    break;
                }
            }
        }

        return ((string)row["credit"]!, number.ToString(CultureInfo.InvariantCulture));
    }

    private static void OnceADay(IEnumerable<(string User, string Day)> done) =>
        done.CountBy(what => what).ShouldAllBe(pair => pair.Value == 1);
}
