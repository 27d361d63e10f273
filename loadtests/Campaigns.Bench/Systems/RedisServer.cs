namespace Campaigns.Bench.Systems;

/// <summary>
/// A Redis of the bench's own with an append-only file. No snapshots and no rewriting of the file: both would only
/// disturb it.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private RedisServer(ChildProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <param name="fsync"><c>always</c> or <c>everysec</c>.</param>
    public static async Task<RedisServer> StartAsync(string parent, string fsync)
    {
        var folder = Path.Combine(parent, "redis-" + fsync);
        Directory.CreateDirectory(folder);
        var port = FreePorts.Next();
        var process = new ChildProcess("redis-server", [
            "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes",
            "--appendfsync", fsync, "--auto-aof-rewrite-percentage", "0",
        ]);
        while (!(await process.Output.ReadLineAsync() ?? throw new InvalidOperationException("redis-server ended."))
            .Contains("Ready to accept connections", StringComparison.Ordinal))
        {
        }

        return new RedisServer(process, port);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
