using System.Diagnostics.Metrics;
using Campaigns.Contracts;

namespace Campaigns.Gateway.Metrics;

/// <summary>
/// What users' and orders' grains answer, by outcome; a call that fails counts as Unavailable. Outcomes and verbs are
/// the only labels.
/// </summary>
internal sealed class OutcomeMetrics
{
    private static readonly string[] Names = Enum.GetNames<Outcome>();

    private readonly Counter<long> _checkIns;
    private readonly Counter<long> _discounts;

    public OutcomeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Campaigns.Gateway");
        _checkIns = meter.CreateCounter<long>(
            "campaigns.gateway.checkins", "{check-in}", "Check-ins answered, by outcome");
        _discounts = meter.CreateCounter<long>(
            "campaigns.gateway.discounts", "{operation}", "Calls about discount orders answered, by verb and outcome");
    }

    public static KeyValuePair<string, object?> Label(Outcome outcome) => new("outcome", Names[(int)outcome]);

    public async Task<CheckInReply> CheckInAsync(Task<CheckInReply> call)
    {
        var outcome = Outcome.Unavailable;
        try
        {
            var reply = await call;
            outcome = reply.Outcome;
            return reply;
        }
        finally
        {
            _checkIns.Add(1, Label(outcome));
        }
    }

    /// <param name="verb">Part of the route, never of the request.</param>
    public async Task<T> DiscountAsync<T>(string verb, Task<T> call, Func<T, Outcome> outcomeOf)
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
            _discounts.Add(1, new KeyValuePair<string, object?>("verb", verb), Label(outcome));
        }
    }
}
