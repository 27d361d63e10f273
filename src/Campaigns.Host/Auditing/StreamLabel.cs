using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Host.Auditing;

/// <summary>What a stream is called in a finding.</summary>
internal static class StreamLabel
{
    /// <summary>The name that the stream's first entry carries, or its id: users' streams have no name.</summary>
    public static async ValueTask<string> OfAsync(ILedger ledger, StreamId stream, CancellationToken stop)
    {
        var first = await ledger.ReadAsync(stream, 1, 1, stop);
        return first is [{ Version: 1 } entry] && Name(entry) is { } name && StreamId.Of(name) == stream
            ? name
            : stream.ToString();
    }

    private static string? Name(Entry entry)
    {
        try
        {
            return new PayloadReader(entry.Payload.Span).Text();
        }
        catch (Exception other) when (other is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
