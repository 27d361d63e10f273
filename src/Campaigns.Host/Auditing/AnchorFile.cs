using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Ledger.Audit;

namespace Campaigns.Host.Auditing;

/// <summary>An anchor as JSON, to be kept where the database's administrators cannot write.</summary>
internal static class AnchorFile
{
    /// <summary>
    /// Throws <see cref="HostException"/> where no file of this name can be: better before an audit than after it.
    /// </summary>
    public static void CheckPlace(string? path)
    {
        if (path is null)
        {
            return;
        }

        if (path.Length == 0 || Directory.Exists(path))
        {
            throw new HostException($"--save-anchor: '{path}' is not the name of a file.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new HostException($"--save-anchor: there is no folder {folder}.");
        }
    }

    public static Task WriteAsync(string path, Anchor anchor, CancellationToken stop) =>
        File.WriteAllTextAsync(path, Json(anchor), stop);

    /// <summary>The content of such a file.</summary>
    public static string Json(Anchor anchor)
    {
        var heads = anchor.Heads.Select(head => (JsonNode)new JsonObject
        {
            ["stream"] = head.Stream.ToString(),
            ["version"] = head.Version,
            ["chain"] = head.Chain.ToString(),
        });
        var json = new JsonObject
        {
            ["at"] = DateTimeOffset.FromUnixTimeMilliseconds(anchor.At).ToString("O", CultureInfo.InvariantCulture),
            ["heads"] = new JsonArray([.. heads]),
        };
        return json.ToJsonString() + "\n";
    }

    /// <summary>Throws <see cref="HostException"/> where the file is not there or is not an anchor.</summary>
    public static async Task<Anchor> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            var json = JsonNode.Parse(await File.ReadAllTextAsync(path, stop))!;
            var heads = json["heads"]!.AsArray().Select(head => new StreamHead(
                StreamId.Parse((string)head!["stream"]!),
                (long)head["version"]!,
                Chain.Read(Convert.FromHexString((string)head["chain"]!))));
            var at = DateTimeOffset.Parse((string)json["at"]!, CultureInfo.InvariantCulture);
            return new Anchor(at.ToUnixTimeMilliseconds(), [.. heads]);
        }
        catch (Exception failure) when (failure is IOException or JsonException or FormatException
            or InvalidOperationException or NullReferenceException or ArgumentException or UnauthorizedAccessException)
        {
            throw new HostException($"{path} is not an anchor: {failure.Message}");
        }
    }
}
