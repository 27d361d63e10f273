using Campaigns.Contracts;
using Campaigns.Simulation.Checks;
using Campaigns.Simulation.Cluster;
using Campaigns.Simulation.Engine;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Clients;

/// <summary>
/// The clients: they send, wait a while, send again with the same id, send twice, give up, or ask again although they
/// were answered. What they are told is checked against what is durable at that moment.
/// </summary>
internal sealed class ClientDesk
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>What a process that was down when the request was sent may be behind.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);
    private readonly World _world;
    private readonly SimRandom _random;
    private readonly Door _door;
    private readonly AnswerCheck _check;
    private readonly List<Began> _inFlight = [];

    public ClientDesk(World world, SimRandom random)
    {
        _world = world;
        _random = random;
        _door = new Door(world);
        _check = new AnswerCheck(world);
        Tasks = new StepTasks(world.Steps, null);
    }

    public StepTasks Tasks { get; }

    /// <summary>Items that have not been answered for good, nor given up.</summary>
    public int Open { get; private set; }

    public List<ClientItem> GivenUp { get; } = [];

    public List<ClientItem> Answered { get; } = [];

    public AnswerCheck Check => _check;

    /// <summary>The earliest that a wall clock can have shown since a request of the present was sent.</summary>
    public DateTimeOffset? EarliestInFlight =>
        _inFlight.Count == 0 ? null : _inFlight.Min(request => request.Earliest) - Slack;

    /// <summary>A process's clock was set while requests were under way.</summary>
    public void ClockWasSet(DateTimeOffset to)
    {
        foreach (var request in _inFlight.Where(request => request.Earliest > to))
            request.Earliest = to;
    }

    public void Begin(ClientItem item)
    {
        Open++;
        Tasks.Start(() => RunAsync(item));
    }

    private async Task RunAsync(ClientItem item)
    {
        var began = new Began
        {
            Earliest = _world.UpNodes.Select(node => node.Time.GetUtcNow()).Append(_world.TrueTime).Min(),
        };
        _inFlight.Add(began);
        try
        {
            await AskAsync(item);
            if (item.Manner.Again)
            {
                await DelayAsync(TimeSpan.FromMilliseconds(_random.Below(1_500)));
                await AskAsync(item with { Manner = default });
            }
        }
        catch (Exception bug)
        {
            _world.Fail(new Violation(Rules.NoBug, $"a call of {item}: {bug}"));
        }

        _inFlight.Remove(began);
        Open--;
    }

    private async Task AskAsync(ClientItem item)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answers = item.Manner.Twice && attempt == 1
                ? await BothAsync(AttemptAsync(item), AttemptAsync(item))
                : [await AttemptAsync(item)];
            if (answers.Any(answer => answer is { IsDefinite: true }))
            {
                Answered.Add(item);
                return;
            }

            if (attempt == item.Manner.Tries)
            {
                _world.Trace.Say($"client {item.Number} gives up");
                GivenUp.Add(item);
                return;
            }

            await DelayAsync(TimeSpan.FromMilliseconds(_random.Between(20, 600)));
        }
    }

    private static async Task<Answer?[]> BothAsync(Task<Answer?> one, Task<Answer?> other) =>
        [await one, await other];

    /// <summary>Null: no answer came.</summary>
    private async Task<Answer?> AttemptAsync(ClientItem item)
    {
        var serving = _world.ServingNodes.ToList();
        if (serving.Count == 0)
            return null;
        var node = serving[_random.Below(serving.Count)];
        _world.Books.Requests.Add(item);
        NoteSent(item);
        var asked = _check.Ask(item);
        _world.Trace.Say($"client {item.Number} to {node.Name}: {item}");
        var answer = await PatientlyAsync(item, _door.SendAsync(item, node));
        if (answer is null)
        {
            _world.Trace.Say($"client {item.Number}: no answer");
            return null;
        }

        _world.Trace.Mark(answer.Text);
        _world.Trace.Mark((ulong)answer.Outcome);
        _world.Trace.Say($"client {item.Number}: {answer}");
        if (answer.IsDefinite)
        {
            NoteAnswered(item, answer);
            _check.Answered(item, answer, asked);
        }

        return answer;
    }

    private async Task<Answer?> PatientlyAsync(ClientItem item, Task<Answer> call)
    {
        var patience = new TaskCompletionSource();
        var alarm = _world.Clock.Arm(new Ring(patience), null, Patience);
        if (await Task.WhenAny(call, patience.Task) != call)
            return null;
        alarm.Cancel();
        try
        {
            return await call;
        }
        catch (Exception exception) when (FaultLog.IsExpected(exception))
        {
            _world.Trace.Say($"client {item.Number}: {exception.GetType().Name} {exception.Message}");
            return null;
        }
    }

    private void NoteSent(ClientItem item)
    {
        switch (item)
        {
            case OperatorItem { Action: LifecycleAction.Pause }:
                _world.Standing.PauseSent();
                break;
            case OperatorItem { Action: LifecycleAction.Resume }:
                _world.Standing.ResumeSent();
                break;
            case OperatorItem { Action: LifecycleAction.End }:
                _world.Standing.EndSent();
                break;
        }
    }

    private void NoteAnswered(ClientItem item, Answer answer)
    {
        if (item is OperatorItem { Action: LifecycleAction.Pause } && answer.Outcome == Outcome.Done)
            _world.Standing.PauseAcknowledged();
        if (item is OperatorItem { Action: LifecycleAction.End } && answer.Outcome == Outcome.Done)
            _world.Standing.EndAcknowledged();
        if (item is ReviseItem && answer.Result is int approved)
            _world.Standing.MoreBudgetAcknowledged(approved);
    }

    private Task DelayAsync(TimeSpan time)
    {
        var over = new TaskCompletionSource();
        _world.Clock.After(time, over.SetResult);
        return over.Task;
    }

    private sealed class Began
    {
        public DateTimeOffset Earliest { get; set; }
    }

    private sealed class Ring(TaskCompletionSource patience) : IThreadPoolWorkItem
    {
        public void Execute() => patience.TrySetResult();
    }
}
