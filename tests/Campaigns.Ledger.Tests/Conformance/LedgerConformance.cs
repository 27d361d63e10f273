namespace Campaigns.Ledger.Tests.Conformance;

/// <summary>What every backend of the journal must do. Each backend is a subclass of one line.</summary>
public abstract partial class LedgerConformance(IBackend backend) : IAsyncLifetime
{
    private protected static readonly CancellationToken None = CancellationToken.None;

    private protected ILedger Ledger { get; private set; } = null!;

    private protected IBackend Backend => backend;

    public async Task InitializeAsync()
    {
        await backend.StartAsync();
        Ledger = await backend.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await backend.DisposeAsync();
    }

    private protected async Task WriteAsync(params Commit[] batch) =>
        (await Ledger.WriteAsync(batch, None)).ShouldBe(WriteOutcome.Committed);

    private protected async Task<List<Entry>> ScanAsync()
    {
        var all = new List<Entry>();
        await foreach (var entry in Ledger.ScanAsync(None))
        {
            all.Add(entry);
        }

        return all;
    }
}
