namespace Campaigns.Grains.Tests;

/// <summary>Tests of the grains that run over each ledger: one subclass of one line for each.</summary>
public abstract class LedgerTests(LedgerKind kind) : IAsyncLifetime
{
    private TestLedger? _ledger;

    public async Task InitializeAsync() => _ledger = await TestLedger.OpenAsync(kind);

    public Task DisposeAsync() => _ledger!.DisposeAsync().AsTask();

    private protected Task<TestSilo> StartAsync(GrainOptions? grains = null) =>
        TestSilo.StartAsync(_ledger!.Ledger, grains: grains);
}
