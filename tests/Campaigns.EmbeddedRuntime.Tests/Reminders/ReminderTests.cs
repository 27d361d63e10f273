using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Reminders;

[Alias("test.IReminded")]
public interface IReminded : IGrainWithStringKey
{
    Task Remind(string name, TimeSpan dueTime, TimeSpan period);

    Task Forget(string name);

    Task<string> Known();

    Task Leave();
}

public sealed class RemindedGrain : Grain, IReminded, IRemindable
{
    public Task Remind(string name, TimeSpan dueTime, TimeSpan period) =>
        this.RegisterOrUpdateReminder(name, dueTime, period);

    public async Task Forget(string name)
    {
        if (await this.GetReminder(name) is { } reminder)
            await this.UnregisterReminder(reminder);
    }

    public async Task<string> Known() =>
        string.Join(",", (await this.GetReminders()).Select(r => r.ReminderName).Order());

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Journal.Note(this.GetPrimaryKeyString(),
            $"{reminderName} {(status.CurrentTickTime - status.FirstTickTime).TotalMinutes:F0}");
        return Task.CompletedTask;
    }
}

public sealed class ReminderTests : GrainTests
{
    private IReminded Reminded => Grain<IReminded>();

    [Fact]
    public async Task Reminder_TicksWhenDueAndEachPeriod()
    {
        await Reminded.Remind("close", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)).Soon();

        await TickAfter(TimeSpan.FromMinutes(2), 1);
        await TickAfter(TimeSpan.FromMinutes(5), 2);

        Journal.TextOf(Key).ShouldBe(["close 0", "close 5"]);
    }

    [Fact]
    public async Task Reminder_OfAnInactiveGrain_WakesIt()
    {
        await Reminded.Remind("close", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)).Soon();
        await Reminded.Leave().Soon();

        await TickAfter(TimeSpan.FromMinutes(2), 1);
    }

    [Fact]
    public async Task UnregisteredReminder_DoesNotTick()
    {
        await Reminded.Remind("close", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)).Soon();

        await Reminded.Forget("close").Soon();
        Clock.Advance(TimeSpan.FromMinutes(30));
        await Bounds.LetOthersRun();

        Journal.Of(Key).ShouldBeEmpty();
        (await Reminded.Known().Soon()).ShouldBe("");
    }

    [Fact]
    public async Task Reminders_AreKnownByName_AndRegisteringAgainReplaces()
    {
        await Reminded.Remind("b", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)).Soon();
        await Reminded.Remind("a", TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(5)).Soon();
        await Reminded.Remind("b", TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(5)).Soon();

        (await Reminded.Known().Soon()).ShouldBe("a,b");
        await TickAfter(TimeSpan.FromMinutes(8), 1);
        await TickAfter(TimeSpan.FromMinutes(1), 2);

        Journal.TextOf(Key).ShouldBe(["b 0", "a 0"]);
    }

    [Fact]
    public async Task Reminder_WithAPeriodBelowTheMinimum_IsRefused()
    {
        await Should.ThrowAsync<ArgumentException>(
            Reminded.Remind("often", TimeSpan.Zero, TimeSpan.FromSeconds(59)).Soon());
    }

    private async Task TickAfter(TimeSpan time, int expected)
    {
        Clock.Advance(time);
        await Bounds.Until(() => Journal.Of(Key).Length == expected);
        await Reminded.Known().Soon();
    }
}
