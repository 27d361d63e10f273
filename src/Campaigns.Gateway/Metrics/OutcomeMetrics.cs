using System.Diagnostics.Metrics;
using Campaigns.Contracts;

namespace Campaigns.Gateway.Metrics;

/// <summary>
/// What users' and orders' grains answer, by outcome; a call that fails counts as Unavailable. Outcomes, verbs and
/// types are the only labels.
/// </summary>
internal sealed class OutcomeMetrics
{
    private static readonly string[] Names = Enum.GetNames<Outcome>();

    private readonly Counter<long> _checkIns;
    private readonly Counter<long> _discounts;
    private readonly Counter<long> _takes;

    public OutcomeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Campaigns.Gateway");
        _checkIns = meter.CreateCounter<long>(
            "campaigns.gateway.checkins", "{check-in}", "Check-ins answered, by outcome");
        _discounts = meter.CreateCounter<long>(
            "campaigns.gateway.discounts", "{operation}", "Calls about discount orders answered, by verb and outcome");
        _takes = meter.CreateCounter<long>(
            "campaigns.gateway.takes", "{take}", "Exchanges and lottery draws answered, by type and outcome");
    }

    public static KeyValuePair<string, object?> Label(Outcome outcome) => new("outcome", Names[(int)outcome]);

    public Task<CheckInReply> CheckInAsync(Task<CheckInReply> call) =>
        CountAsync(_checkIns, call, reply => reply.Outcome);

    /// <param name="verb">Part of the route, never of the request.</param>
    public Task<T> DiscountAsync<T>(string verb, Task<T> call, Func<T, Outcome> outcomeOf) =>
        CountAsync(_discounts, call, outcomeOf, new KeyValuePair<string, object?>("verb", verb));

    /// <param name="type">Of the activity.</param>
    public Task<TakeReply> TakeAsync(string type, Task<TakeReply> call) =>
        CountAsync(_takes, call, reply => reply.Outcome, new KeyValuePair<string, object?>("type", type));

    private static async Task<T> CountAsync<T>(
        Counter<long> counter, Task<T> call, Func<T, Outcome> outcomeOf, params KeyValuePair<string, object?>[] labels)
    {
        var outcome = Outcome.Unavailable;
        try
        {
            var reply = await call;
            outcome = outcomeOf(reply);
            return reply;
        }
        finally
        {
            counter.Add(1, [.. labels, Label(outcome)]);
        }
    }
}
