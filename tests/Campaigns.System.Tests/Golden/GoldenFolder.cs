using System.Globalization;
using System.Text.Json;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Golden;

/// <summary>
/// A journal as some earlier code wrote it, kept for good: the file, the keys that go with it (made for this and used
/// for nothing else), the time at which it ends, and requests with the answers that they must still get.
/// </summary>
internal sealed class GoldenFolder(string path)
{
    private static readonly string[] Copied = ["campaigns.db", "chain-key", "seed-key", "dev-signing-key"];
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private static string Root => Path.Combine(HostProgram.RepositoryRoot, "tests/Campaigns.System.Tests/Golden");

    /// <summary>The newest last.</summary>
    public static IReadOnlyList<string> Names =>
    [
        .. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)!)
            .OrderBy(name => int.Parse(name, CultureInfo.InvariantCulture)),
    ];

    public static GoldenFolder Of(string name) => new(Path.Combine(Root, name));

    public async Task<IReadOnlyList<GoldenStep>> StepsAsync() => JsonSerializer.Deserialize<List<GoldenStep>>(
        await File.ReadAllTextAsync(Path.Combine(path, "answers.json")))!;

    /// <summary>Puts a copy under a store, with a clock that goes on where the journal ends.</summary>
    public async Task CopyToAsync(Store store)
    {
        foreach (var file in Copied)
        {
            File.Copy(Path.Combine(path, file), Path.Combine(store.Folder, file));
        }

        var end = DateTimeOffset.Parse(
            await File.ReadAllTextAsync(Path.Combine(path, "end")), CultureInfo.InvariantCulture);
        await store.SetClockAsync(end - DateTimeOffset.UtcNow);
    }

    public async Task WriteAsync(Store store, IReadOnlyList<GoldenStep> steps, DateTimeOffset end)
    {
        Directory.CreateDirectory(path);
        foreach (var file in Copied[1..])
        {
            File.Copy(Path.Combine(store.Folder, file), Path.Combine(path, file));
        }

        var copied = await store.CommandAsync("backup", "--to", Path.Combine(path, Copied[0]));
        copied.ExitCode.ShouldBe(0, copied.Error);
        await File.WriteAllTextAsync(Path.Combine(path, "end"), end.ToString("O", CultureInfo.InvariantCulture) + "\n");
        await File.WriteAllTextAsync(
            Path.Combine(path, "answers.json"), JsonSerializer.Serialize(steps, Readable) + "\n");
    }
}
