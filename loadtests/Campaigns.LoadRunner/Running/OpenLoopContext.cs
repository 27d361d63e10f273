using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace Campaigns.LoadRunner.Running;

/// <summary>The context of one iteration, with the time at which it was to start.</summary>
public sealed class OpenLoopContext : IScenarioContext, IThreadPoolWorkItem
{
    private readonly ScenarioRun _run;
    private Dictionary<string, object>? _data;
    private Dictionary<string, object>? _instanceData;

    internal OpenLoopContext(ScenarioRun run, ScenarioInfo info, long intended)
    {
        _run = run;
        ScenarioInfo = info;
        Intended = intended;
    }

    /// <summary>Microseconds since <see cref="Intended"/>: what the user of this iteration has waited.</summary>
    public long SinceIntended => _run.Clock.Now - Intended;

    public TestInfo TestInfo => _run.TestInfo;

    public ScenarioInfo ScenarioInfo { get; }

    public NodeInfo NodeInfo => _run.NodeInfo;

    public long InvocationNumber { get; internal set; } = 1;

    public Dictionary<string, object> Data => _data ??= [];

    public Dictionary<string, object> ScenarioInstanceData => _instanceData ??= [];

    public CancellationToken ScenarioCancellationToken => _run.Stopped;

    public Random Random => Random.Shared;

    internal long Intended { get; private set; }

    internal bool HasStepped { get; private set; }

    internal bool IsMeasured => ScenarioInfo.ScenarioOperation == ScenarioOperation.Bombing;

    public void StopScenario(string scenarioName, string reason) => _run.Session.Stop(scenarioName, reason);

    public void StopCurrentTest(string reason) => _run.Session.Stop(null, reason);

    public TimeSpan GetScenarioTimerTime() => _run.Elapsed;

    void IThreadPoolWorkItem.Execute() => _ = _run.SendAsync(this);

    /// <summary>The next iteration of a copy that goes round.</summary>
    internal void Again(long now)
    {
        Intended = now;
        InvocationNumber++;
        HasStepped = false;
        _data?.Clear();
    }

    /// <summary>
    /// Runs a step. The first one of an iteration has waited since the iteration was to start, a later one since the
    /// one before it ended.
    /// </summary>
    internal async Task<Response<T>> StepAsync<T>(string name, Func<Task<Response<T>>> run)
    {
        var begun = HasStepped ? _run.Clock.Now : Intended;
        HasStepped = true;
        Response<T> response;
        try
        {
            response = await run();
        }
        catch (Exception failure) when (failure is not StepFailedException)
        {
            response = new Response<T>
            {
                StatusCode = ScenarioRun.ThrownCode, IsError = true, Message = failure.Message,
            };
        }

        if (IsMeasured)
        {
            _run.Step(name).Record(response, _run.Clock.Now - begun);
        }

        return response.IsError && _run.Props.RestartIterationOnFail
            ? throw new StepFailedException(response)
            : response;
    }
}

/// <summary>Ends an iteration whose step has failed.</summary>
internal sealed class StepFailedException(IResponse response) : Exception(response.Message)
{
    public IResponse Response => response;
}
