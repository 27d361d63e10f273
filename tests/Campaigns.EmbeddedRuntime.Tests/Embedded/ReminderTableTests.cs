using Campaigns.EmbeddedRuntime.Tests.Hosting;
using Campaigns.EmbeddedRuntime.Tests.Reminders;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;

namespace Campaigns.EmbeddedRuntime.Tests.Embedded;

public sealed class ReminderTableTests
{
    private readonly FakeClock _clock = new();
    private readonly SharedTable _table = new();

    private string Key { get; } = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Reminder_SurvivesARestart_AndMissedTicksAreNotMadeUp()
    {
        var first = await Start();
        await Reminded(first).Remind("close", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)).Soon();
        await first.GetRequiredService<EmbeddedSilo>().StopAsync().Soon();

        _clock.Advance(TimeSpan.FromMinutes(35));
        await Start();
        await Bounds.LetOthersRun();
        Journal.Of(Key).ShouldBeEmpty();

        _clock.Advance(TimeSpan.FromMinutes(7));
        await Bounds.Until(() => Journal.Of(Key).Length == 1);
        Journal.TextOf(Key).ShouldBe(["close 40"]);
    }

    [Fact]
    public async Task Unregistering_WhatAnotherHasChanged_Fails()
    {
        var services = await Start();
        await Reminded(services).Remind("close", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)).Soon();
        _table.Refuses = true;

        await Should.ThrowAsync<ReminderException>(Reminded(services).Forget("close").Soon());

        (await Reminded(services).Known().Soon()).ShouldBe("close");
    }

    private IReminded Reminded(ServiceProvider services) =>
        services.GetRequiredService<IGrainFactory>().GetGrain<IReminded>(Key);

    private async Task<ServiceProvider> Start()
    {
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<IEmbeddedReminderTable>(_table)
            .AddEmbeddedGrainRuntime(options => options.GrainAssemblies.Add(typeof(ReminderTableTests).Assembly))
            .BuildServiceProvider();
        await services.GetRequiredService<EmbeddedSilo>().StartAsync();
        return services;
    }

    private sealed class SharedTable : IEmbeddedReminderTable
    {
        private readonly MemoryReminderTable _rows = new();

        public bool Refuses { get; set; }

        public Task<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken) =>
            _rows.ReadAllAsync(cancellationToken);

        public Task<StoredReminder> WriteAsync(GrainId grain, string name, DateTime startAt, TimeSpan period) =>
            _rows.WriteAsync(grain, name, startAt, period);

        public Task<bool> RemoveAsync(GrainId grain, string name, string eTag) =>
            Refuses ? Task.FromResult(false) : _rows.RemoveAsync(grain, name, eTag);
    }
}
