using System.Diagnostics;
using Campaigns.Host.Testing;
using Campaigns.Ledger;

namespace Campaigns.Host.Databases;

/// <summary>A span per transaction of the journal: how much it wrote, how long that took, how it ended.</summary>
internal sealed class TracedLedger(ILedger inner) : LedgerDecorator(inner)
{
    private static readonly ActivitySource Source = new("Campaigns.Ledger");
    private readonly ILedger _inner = inner;

    public override async ValueTask<WriteOutcome> WriteAsync(
        IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        using var span = Source.StartActivity("commit", ActivityKind.Client);
        span?.SetTag("campaigns.commits", batch.Count);
        span?.SetTag("campaigns.rows", batch.Sum(commit => commit.Entries.Count));
        var outcome = await _inner.WriteAsync(batch, cancellation);
        span?.SetTag("campaigns.outcome", outcome.ToString());
        return outcome;
    }
}
