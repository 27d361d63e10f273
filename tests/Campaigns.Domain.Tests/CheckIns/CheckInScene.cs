using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Tests.Documents;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.CheckIns;

/// <summary>One user who checks in at local times of a zone, with the state that the journal would rebuild.</summary>
internal sealed class CheckInScene
{
    public CheckInScene(string zone, string activity, params (string Path, string? Raw)[] edits)
    {
        Campaign = Sample.Campaign([
            ("timeZone", $"\"{zone}\""),
            ("audience", null),
            ("earlyAccess", null),
            ("schedule", """{"start": "2027-01-01T00:00:00Z", "end": "2028-01-01T00:00:00Z"}"""),
            ("activities[0]", $$"""{"id": "daily", "type": "check-in", {{activity}}}"""),
            .. edits]);
    }

    public Campaign Campaign { get; }

    public CheckInActivity Activity => (CheckInActivity)Campaign.FindActivity("daily")!;

    public CheckInState State { get; private set; } = new();

    public Standing Standing { get; set; } = Standing.Approved;

    public Facts Facts { get; set; } = Facts.Empty;

    public Decision<CheckedIn> Decide(Instant now, ulong key = 0, ulong body = 0, LocalDate? date = null) =>
        CheckIn.Decide(
            State, Campaign, Activity, Standing, 3, new CheckInCommand(key, body, date, Facts), now, new Least());

    /// <summary>Checks in at a local time and returns what was decided; accepted decisions are applied.</summary>
    public Decision<CheckedIn> At(string local, ulong key = 0, ulong body = 0, LocalDate? date = null) =>
        At(Instant(local), key, body, date);

    public Decision<CheckedIn> At(Instant now, ulong key = 0, ulong body = 0, LocalDate? date = null)
    {
        var decision = Decide(now, key, body, date);
        if (decision.Accepted)
        {
            State.Apply(decision.Event);
        }

        return decision;
    }

    public Instant Instant(string local) =>
        NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(local).Value
            .InZoneLeniently(Campaign.TimeZone).ToInstant();

    public void Replace(CheckInState state) => State = state;

    private sealed class Least : IAmountSource
    {
        public long Uniform(long min, long max) => min;
    }
}
