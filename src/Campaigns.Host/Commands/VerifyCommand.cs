using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaigns.Domain.Fairness;
using Campaigns.Host.Databases;
using Campaigns.Host.Settings;
using Campaigns.Host.Verifying;

namespace Campaigns.Host.Commands;

/// <summary>Recomputes a finished pool from the seeds that were published after its end.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Pool = new("CAMPAIGN/ACTIVITY") { Description = "A red-packet activity." };

    private static readonly Option<string[]> Seeds = new("--seed")
    {
        Description = "A revealed seed as ROUND=HEX. Default: as the running host publishes them.",
    };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var command = new Command("verify", "Recomputes a finished pool from its seeds; exit code 1 if unfair.")
        {
            Pool, Seeds, SettingOptions.Urls, SettingOptions.Data, SettingOptions.Postgres,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var settings = SettingOptions.Read(parsed);
        if (parsed.GetRequiredValue(Pool).Split('/') is not [var campaignId, var activityId])
        {
            throw new HostException("name the pool as CAMPAIGN/ACTIVITY.");
        }

        await using var database = Database.Open(settings);
        await using var journal = await database.Ledger.OpenViewAsync(stop);
        var pool = await FinishedPool.ReadAsync(journal, campaignId, activityId, stop);
        if (pool.OpenShards.ToList() is { Count: > 0 } open)
        {
            throw new HostException(
                $"{campaignId}/{activityId} is not finished: shards {string.Join(", ", open)} are not settled yet.");
        }

        var check = new FairnessCheck(pool, await SeedsAsync(parsed, settings, campaignId, activityId, stop));
        var differences = check.Run();
        foreach (var difference in differences)
        {
            Console.WriteLine("differs: " + difference);
        }

        Console.WriteLine(
            differences.Count == 0
                ? $"fair: {check.Draws} draws worth {check.Issued} follow from the seeds of {campaignId}/{activityId}"
                : $"unfair: {differences.Count} differences in {campaignId}/{activityId}");
        return differences.Count == 0 ? 0 : HostException.Different;
    }

    private static async Task<IReadOnlyDictionary<string, Seed>> SeedsAsync(
        ParseResult parsed, HostSettings settings, string campaignId, string activityId, CancellationToken stop)
    {
        if (parsed.GetValue(Seeds) is { Length: > 0 } given)
        {
            return Given(given);
        }

        var address = ListenAddresses.Reach(settings.Urls);
        using var http = new HttpClient { BaseAddress = address, Timeout = Patience };
        try
        {
            var path = "/v1/campaigns/" + Uri.EscapeDataString(campaignId);
            return Published(JsonNode.Parse(await http.GetStringAsync(path, stop)), activityId);
        }
        catch (Exception failure) when (failure is HttpRequestException
            || (failure is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new HostException($"no seeds: {failure.Message} Name a running host with --urls, or give --seed.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new HostException($"no seeds: what answers at {address} is no host of campaigns.");
        }
    }

    private static Dictionary<string, Seed> Given(string[] texts)
    {
        var seeds = new Dictionary<string, Seed>();
        foreach (var text in texts)
        {
            if (text.Split('=') is not [{ Length: > 0 } round, var hex])
            {
                throw new HostException($"--seed: '{text}' is not ROUND=HEX.");
            }

            if (!seeds.TryAdd(round, Parse(hex)))
            {
                throw new HostException($"--seed: round {round} is given twice.");
            }
        }

        return seeds;
    }

    /// <summary>Of a campaign's public view.</summary>
    private static Dictionary<string, Seed> Published(JsonNode? view, string activityId)
    {
        var activities = view?["activities"]?.AsArray() ?? [];
        var rounds = activities.FirstOrDefault(one => (string?)one?["id"] == activityId)?["rounds"]?.AsArray() ?? [];
        return rounds.Where(one => one?["seed"] is not null)
            .ToDictionary(one => (string)one!["id"]!, one => Parse((string)one!["seed"]!));
    }

    private static Seed Parse(string hex)
    {
        try
        {
            return Seed.Parse(hex);
        }
        catch (FormatException failure)
        {
            throw new HostException(failure.Message);
        }
    }
}
