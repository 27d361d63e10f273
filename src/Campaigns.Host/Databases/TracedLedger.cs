using System.Diagnostics;
using Campaigns.Host.Testing;
using Campaigns.Ledger;

namespace Campaigns.Host.Databases;

/// <summary>
/// A span per transaction of the journal and per load of streams: how much it was, how long it took, how it ended.
/// Each serves many requests: it begins a trace of its own.
/// </summary>
internal sealed class TracedLedger(ILedger inner) : LedgerDecorator(inner)
{
    private static readonly ActivitySource Source = new("Campaigns.Ledger");
    private readonly ILedger _inner = inner;

    public override async ValueTask<WriteOutcome> WriteAsync(
        IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        using var span = Start("commit");
        span?.SetTag("campaigns.commits", batch.Count);
        span?.SetTag("campaigns.rows", batch.Sum(commit => commit.Entries.Count));
        var outcome = await _inner.WriteAsync(batch, cancellation);
        span?.SetTag("campaigns.outcome", outcome.ToString());
        return outcome;
    }

    public override async ValueTask<IReadOnlyList<StreamLoad>> LoadAsync(
        IReadOnlyList<LoadRequest> requests, CancellationToken cancellation)
    {
        using var span = Start("load");
        span?.SetTag("campaigns.streams", requests.Count);
        try
        {
            var loads = await _inner.LoadAsync(requests, cancellation);
            span?.SetTag("campaigns.rows", loads.Sum(load => load.Tail.Count + load.Credits.Count));
            return loads;
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            throw;
        }
    }

    private static Activity? Start(string name)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // The loops that come here run on behalf of whoever once started them.
        Activity.Current = null;
        return Source.StartActivity(name, ActivityKind.Client);
    }
}
