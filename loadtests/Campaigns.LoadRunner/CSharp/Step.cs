using Campaigns.LoadRunner.Running;
using NBomber.Contracts;

namespace NBomber.CSharp;

/// <summary>A part of an iteration that is measured by itself.</summary>
public static class Step
{
    public static Task<Response<T>> Run<T>(string name, IScenarioContext context, Func<Task<Response<T>>> run) =>
        ((OpenLoopContext)context).StepAsync(name, run);
}
