using System.Collections.Concurrent;

namespace Campaigns.EmbeddedRuntime.Tests.Hosting;

/// <summary>What grains have seen, by name; shared with the test because all of it is one process.</summary>
public static class Journal
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<object?>> All = new();

    public static void Note(string name, object? entry) => All.GetOrAdd(name, _ => new()).Enqueue(entry);

    public static object?[] Of(string name) => All.TryGetValue(name, out var entries) ? [.. entries] : [];

    public static string[] TextOf(string name) => [.. Of(name).Select(entry => $"{entry}")];
}
