using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaigns.Host.Importing;
using Campaigns.Host.Secrets;
using Campaigns.Host.Settings;

namespace Campaigns.Host.Commands;

/// <summary>Brings a campaign document into a running host, as far as it is not there yet.</summary>
internal static class ImportCommand
{
    private const string Author = "import-author";
    private const string Approver = "import-approver";

    private static readonly Argument<FileInfo> Document = new("FILE") { Description = "A campaign document." };

    private static readonly Option<bool> Draft = new("--draft")
    {
        Description = "Leave it a draft instead of submitting and approving it.",
    };

    public static Command Create()
    {
        var command = new Command("import", "Creates, submits and approves a campaign on a running development host.")
        {
            Document, Draft, SettingOptions.Urls, SettingOptions.Data,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var settings = SettingOptions.Read(parsed);
        var folder = new DataFolder(settings.Data);
        var key = SecretFile.Read(folder.DevSigningKey)
            ?? throw new HostException($"there is no {folder.DevSigningKey}: import works beside a development host.");
        var file = parsed.GetRequiredValue(Document);
        if (!file.Exists)
        {
            throw new HostException($"there is no file {file.FullName}.");
        }

        var document = await File.ReadAllBytesAsync(file.FullName, stop);
        using var client = new OperatorClient(new Uri(settings.Urls.Split(';')[0]), key);
        var id = IdOf(document);
        var state = await DraftAsync(client, id, document, stop);
        if (!parsed.GetValue(Draft))
        {
            state = await BringLiveAsync(client, id, state, stop);
        }

        Console.WriteLine($"{id}: {state}");
        return 0;
    }

    /// <summary>The campaign's state once it holds this document.</summary>
    private static async Task<string> DraftAsync(
        OperatorClient client, string id, byte[] document, CancellationToken stop)
    {
        if (await client.FindAsync($"/v1/ops/campaigns/{id}", Author, stop) is not { } known)
        {
            Warn(await client.PostAsync("/v1/ops/campaigns", Author, document, stop));
            return "draft";
        }

        var state = (string)known["state"]!;
        if (state == "draft")
        {
            Warn(await client.ReplaceAsync($"/v1/ops/campaigns/{id}", Author, document, stop));
        }
        else if (!JsonNode.DeepEquals(known["document"], JsonNode.Parse(document)))
        {
            throw new HostException($"{id} is {state} with another document.", HostException.Different);
        }

        return state;
    }

    private static async Task<string> BringLiveAsync(
        OperatorClient client, string id, string state, CancellationToken stop)
    {
        foreach (var (from, verb, who) in new[] { ("draft", "submit", Author), ("in-review", "approve", Approver) })
        {
            if (state == from)
            {
                var answer = await client.PostAsync($"/v1/ops/campaigns/{id}/{verb}", who, "{}"u8.ToArray(), stop);
                state = (string)answer!["state"]!;
            }
        }

        return state;
    }

    private static string IdOf(byte[] document)
    {
        try
        {
            return (string)JsonNode.Parse(document)!["id"]!;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentNullException)
        {
            throw new HostException("the file is not a campaign document: it has no id.", HostException.Different);
        }
    }

    private static void Warn(JsonNode? answer)
    {
        foreach (var warning in answer?["warnings"]?.AsArray() ?? [])
        {
            Console.Error.WriteLine($"warning: {warning!.ToJsonString()}");
        }
    }
}
