using System.Collections.Concurrent;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace Campaigns.LoadRunner.Running;

/// <summary>One scenario while it runs: its iterations and what was measured of them.</summary>
internal sealed class ScenarioRun : IDisposable
{
    public const string ThrownCode = "-101";
    public const string NotSentCode = "not sent";

    private static readonly Response<object> NotSent = Response.Fail(
        NotSentCode, "as many requests as the generator allows were under way");

    private readonly Measurement _whole = new();
    private readonly ConcurrentDictionary<string, Measurement> _steps = new(StringComparer.Ordinal);
    private readonly List<string> _stepOrder = [];
    private readonly CancellationTokenSource _stop = new();
    private long _began = -1;
    private long _ended = -1;
    private int _instances;

    public ScenarioRun(Session session, ScenarioProps props)
    {
        Session = session;
        Props = props;
        Planned = Simulations.ArrivalPlan.Duration(props.LoadSimulations);
    }

    public Session Session { get; }

    public ScenarioProps Props { get; }

    /// <summary>How long the simulations last; zero where only the iterations are bounded.</summary>
    public TimeSpan Planned { get; }

    public RunClock Clock => Session.Clock;

    public TestInfo TestInfo => Session.TestInfo;

    public NodeInfo NodeInfo => Session.NodeInfo;

    public CancellationToken Stopped => _stop.Token;

    /// <summary>Since measuring began.</summary>
    public TimeSpan Elapsed => _began < 0
        ? TimeSpan.Zero
        : TimeSpan.FromMicroseconds((_ended < 0 ? Clock.Now : _ended) - _began);

    public void Begin() => _began = Clock.Now;

    public void End() => _ended = Clock.Now;

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    public Measurement Step(string name) => _steps.GetOrAdd(name, added =>
    {
        lock (_stepOrder)
        {
            _stepOrder.Add(added);
        }

        return new Measurement();
    });

    public OpenLoopContext NewCopy(ScenarioOperation operation, long intended)
    {
        var number = Interlocked.Increment(ref _instances);
        return new OpenLoopContext(this, Info(operation, number), intended);
    }

    public ScenarioInfo Info(ScenarioOperation operation, int number = 0) => new()
    {
        InstanceId = $"{Props.ScenarioName}_{number}",
        InstanceNumber = number,
        ScenarioName = Props.ScenarioName,
        ScenarioDuration = Planned,
        ScenarioOperation = operation,
    };

    /// <summary>Starts an iteration that was due at <paramref name="intended"/>, without waiting for it.</summary>
    public void Send(ScenarioOperation operation, long intended)
    {
        if (Session.InFlight.TryEnter())
        {
            Clock.Start(NewCopy(operation, intended));
        }
        else if (operation == ScenarioOperation.Bombing)
        {
            Record(NotSent, null);
            Session.NotSent?.Invoke(TimeSpan.FromMicroseconds(intended - _began));
        }
    }

    /// <summary>An injected copy, from its start to its end.</summary>
    public async Task SendAsync(OpenLoopContext context)
    {
        Session.InFlight.Started(context.SinceIntended);
        await IterateAsync(context);
        Session.InFlight.Leave();
    }

    /// <summary>One iteration of a copy, to its end. Never throws.</summary>
    public async Task IterateAsync(OpenLoopContext context)
    {
        var response = await AnswerAsync(context);
        if (context.IsMeasured)
        {
            Record(response, context.SinceIntended);
        }
    }

    public ScenarioStats Describe()
    {
        var duration = Elapsed;
        var (ok, fail) = _whole.Describe(duration);
        string[] names;
        lock (_stepOrder)
        {
            names = [.. _stepOrder];
        }

        return new ScenarioStats
        {
            ScenarioName = Props.ScenarioName,
            Ok = ok,
            Fail = fail,
            StepStats = Array.ConvertAll(names, name =>
            {
                var (stepOk, stepFail) = _steps[name].Describe(duration);
                return new StepStats { StepName = name, Ok = stepOk, Fail = stepFail };
            }),
            Duration = duration,
        };
    }

    private async ValueTask<IResponse> AnswerAsync(OpenLoopContext context)
    {
        try
        {
            return await Props.Run!(context);
        }
        catch (StepFailedException failed)
        {
            return failed.Response;
        }
        catch (Exception failure)
        {
            return Response.Fail(ThrownCode, failure.Message);
        }
    }

    private void Record(IResponse response, long? microseconds)
    {
        _whole.Record(response, microseconds);
        if (response.IsError && _whole.Failures >= Props.MaxFailCount)
        {
            Session.Stop(null, $"{Props.ScenarioName} has failed {Props.MaxFailCount} times");
        }
    }
}
