using System.Text.Json;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Runner;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Flows;

/// <summary>What one iteration asks, and how long it waited.</summary>
internal sealed class Asker(LoadRun run, IScenarioContext context)
{
    private const string NotOfTheContract = "not of the contract";

    private readonly Iteration _iteration = Iteration.Begin(context);

    public IScenarioContext Context => context;

    public ValueTask<Reply> SendAsync(Call call) => run.Links.SendAsync(call);

    /// <summary>Counts an answer and says to the runner what it was.</summary>
    /// <param name="read">Takes what the audit needs from an answer that is done or refused.</param>
    /// <param name="later">
    /// True for a request that follows another of the iteration: it has waited since it was sent, the first one since
    /// the iteration was to begin.
    /// </param>
    public Response<object> Note(
        string kind, in Reply reply, ReadReply? read = null, bool later = false)
    {
        var verdict = Verdicts.Of(reply);
        var code = Verdicts.CodeOf(reply);
        if (read is not null && verdict is Verdict.Done or Verdict.Refused)
        {
            try
            {
                read?.Invoke(verdict, code, reply.Body);
            }
            catch (JsonException)
            {
                (verdict, code) = (Verdict.Failed, NotOfTheContract);
            }
        }

        if (context.ScenarioInfo.ScenarioOperation == ScenarioOperation.Bombing)
        {
            run.Meter.Record(
                kind, verdict, code, _iteration.Intended, later ? reply.ServiceTime : _iteration.Since,
                reply.ServiceTime);
        }

        return verdict is Verdict.Done or Verdict.Refused
            ? Response.Ok(code, reply.Body.Length)
            : Response.Fail(code, sizeBytes: reply.Body.Length);
    }
}

/// <summary>Reads a definite answer.</summary>
internal delegate void ReadReply(Verdict verdict, string code, ReadOnlySpan<byte> body);
