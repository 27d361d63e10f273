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
        var id = IdOf(document);
        using var client = new OperatorClient(ListenAddresses.Reach(settings.Urls), key);
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
        var path = PathOf(id);
        if (await client.FindAsync(path, Author, stop) is not { } known)
        {
            Warn(await client.PostAsync("/v1/ops/campaigns", Author, document, stop));
            return "draft";
        }

        var state = (string)known["state"]!;
        if (state == "draft")
        {
            Warn(await client.ReplaceAsync(path, Author, document, stop));
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
                var path = $"{PathOf(id)}/{verb}";
                var answer = await client.PostAsync(path, who, "{}"u8.ToArray(), stop);
                state = (string)answer!["state"]!;
            }
        }

        return state;
    }

    private static string PathOf(string id) => "/v1/ops/campaigns/" + Uri.EscapeDataString(id);

    private static string IdOf(byte[] document)
    {
        try
        {
            var once = new JsonDocumentOptions { AllowDuplicateProperties = false };
            if (JsonNode.Parse(document, documentOptions: once) is JsonObject members
                && members["id"] is JsonValue value && value.TryGetValue<string>(out var id) && id.Length > 0)
            {
                return id;
            }
        }
        catch (JsonException)
        {
            // Not JSON, or with a member twice.
        }

        throw new HostException("the file is not a campaign document: it has no id.");
    }

    private static void Warn(JsonNode? answer)
    {
        foreach (var warning in answer?["warnings"]?.AsArray() ?? [])
        {
            Console.Error.WriteLine($"warning: {warning!.ToJsonString()}");
        }
    }
}
