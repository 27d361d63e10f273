using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>What the runtime logs.</summary>
internal sealed partial class SiloLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Error, "Activation of {Grain} failed")]
    public partial void ActivationFailed(GrainId grain, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Deactivation of {Grain} failed")]
    public partial void DeactivationFailed(GrainId grain, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "A timer of {Grain} failed; it goes on")]
    public partial void TimerFailed(GrainId grain, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "One-way call {Method} to {Grain} was rejected")]
    public partial void OneWayRejected(GrainMethod method, GrainId grain, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "One-way call {Method} to {Grain} failed")]
    public partial void OneWayFailed(GrainMethod method, GrainId grain, Exception exception);

    [LoggerMessage(6, LogLevel.Debug, "Call {Method} to {Grain} failed")]
    public partial void TwoWayFailed(GrainMethod method, GrainId grain, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "The silo stopped although {Count} activations had not ended")]
    public partial void ShutdownCut(int count);

    [LoggerMessage(8, LogLevel.Error, "Reminder {Reminder} of {Grain} failed; it comes again")]
    public partial void ReminderFailed(string reminder, GrainId grain, Exception exception);

    public void CallFailed(GrainMethod method, GrainId grain, Exception exception)
    {
        if (method.IsOneWay)
            OneWayFailed(method, grain, exception);
        else
            TwoWayFailed(method, grain, exception);
    }
}
