using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Campaigns.System.Tests.Load;

namespace Campaigns.System.Tests.Faults.Tracing;

/// <summary>
/// Holds a trace against the first promise: before a winner's answer goes out, the log of the database with that
/// winner's row in it was written and synced.
/// </summary>
internal sealed partial class SyncOrder
{
    private readonly IReadOnlyList<TracedCall> _calls;
    private readonly List<TracedCall> _logWrites;
    private readonly List<TracedCall> _logSyncs;
    private readonly ILookup<string, TracedCall> _requests;

    /// <param name="log">What the path of a file of the write-ahead log contains.</param>
    public SyncOrder(IReadOnlyList<TracedCall> calls, string log)
    {
        _calls = calls;
        _logWrites = [.. calls.Where(call => call.IsWrite && call.Target.Contains(log, StringComparison.Ordinal))];
        _logSyncs = [.. calls.Where(call => call.IsSync && call.Target.Contains(log, StringComparison.Ordinal))];
        _requests = calls.Where(call => call.IsRead && call.Result > 0).ToLookup(call => call.Target);
    }

    /// <summary>Answers that told somebody of a win.</summary>
    public IReadOnlyList<TracedCall> Wins =>
        [.. _calls.Where(call => call.IsWrite && call.Bytes.AsSpan().StartsWith("HTTP/1.1 201"u8))];

    /// <summary>One line for each win that went out too early, or whose row or request is not in the trace.</summary>
    /// <param name="between">
    /// Threads of whom one must have sent something between the sync and the answer; empty: the host syncs by itself.
    /// </param>
    public IReadOnlyList<string> Violations(IReadOnlyCollection<int> between)
    {
        var found = new List<string>();
        foreach (var win in Wins)
        {
            if (User(win) is not { } user)
            {
                found.Add($"line {win.Began}: an answer without its request");
            }
            else if (Synced(user, win) is not { } sync)
            {
                found.Add($"line {win.Began}: {user} was answered before the row was written and synced");
            }
            else if (between.Count > 0 && !_calls.Any(call => call.IsWrite && between.Contains(call.Thread)
                && call.Target.StartsWith("socket:", StringComparison.Ordinal)
                && call.Began > sync.Ended && call.Began < win.Began))
            {
                found.Add($"line {win.Began}: {user} was answered before the server had said that it committed");
            }
        }

        return found;
    }

    private string? User(TracedCall win)
    {
        var request = _requests[win.Target].LastOrDefault(call => call.Ended <= win.Began);
        var match = request is null ? Match.Empty : Key().Match(Encoding.ASCII.GetString(request.Bytes));
        return match.Success ? match.Groups[1].Value : null;
    }

    private TracedCall? Synced(string user, TracedCall win)
    {
        var account = SHA256.HashData(Encoding.UTF8.GetBytes("user/" + user)).AsSpan(0, 16).ToArray();
        var write = _logWrites.Find(call => call.Bytes.AsSpan().IndexOf(account) >= 0);
        return write is null
            ? null
            : _logSyncs.Find(sync =>
                sync.Target == write.Target && sync.Began >= write.Ended && sync.Ended <= win.Began);
    }

    /// <summary>The user's key is made of the user's name, see <see cref="DrawBurst.Key"/>.</summary>
    [GeneratedRegex("Idempotency-Key: k-(\\S+)")]
    private static partial Regex Key();
}
