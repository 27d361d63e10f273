namespace Campaigns.EmbeddedRuntime.Tests.Hosting;

/// <summary>A silo of its own per test, and names that no other test has.</summary>
public abstract class GrainTests : IAsyncLifetime
{
    private TestSilo? _silo;

    protected TestSilo Silo => _silo ?? throw new InvalidOperationException("The silo has not started.");

    protected FakeClock Clock => Silo.Clock;

    protected string Key { get; } = Guid.NewGuid().ToString("N");

    public async Task InitializeAsync()
    {
        var options = new TestSiloOptions();
        Configure(options);
        _silo = await TestSilo.StartAsync(options);
    }

    public async Task DisposeAsync()
    {
        if (_silo is not null)
            await _silo.DisposeAsync();
    }

    protected virtual void Configure(TestSiloOptions options)
    {
    }

    protected T Grain<T>() where T : IGrainWithStringKey => Silo.Grains.GetGrain<T>(Key);

    protected T Grain<T>(string suffix) where T : IGrainWithStringKey => Silo.Grains.GetGrain<T>(Key + suffix);

    protected Gate GateOf(string name) => Gate.Named(Key + name);
}
