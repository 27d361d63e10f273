using System.Globalization;
using Campaigns.Contracts;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.Plans;

/// <summary>
/// Who may take part, and when: every user has an age for good, which its token tells, and the conditions are about
/// that. Null members: the document has no such condition.
/// </summary>
/// <param name="Draws">The least age for draws.</param>
/// <param name="CheckIns">The least age for check-ins.</param>
/// <param name="Segment">From this age on a draw's segment is the first one.</param>
/// <param name="Early">From this age on users begin when early access does, others at <paramref name="Start"/>.</param>
/// <param name="Start">Of the campaign, for all.</param>
/// <param name="Daily">The window of check-ins.</param>
internal sealed record AccessPlan(
    int? Draws, int? CheckIns, int? Segment, int? Early, DateTimeOffset Start, Span? Daily)
{
    private const string Age = "age";

    /// <param name="opens">When the first may begin.</param>
    public static AccessPlan Draw(SimRandom random, DateTimeOffset opens)
    {
        var early = random.Chance(120) ? LeastAge(random) : null;
        return new AccessPlan(
            random.Chance(150) ? LeastAge(random) : null,
            random.Chance(150) ? LeastAge(random) : null,
            random.Chance(200) ? LeastAge(random) : null,
            early,
            early is null ? opens : opens.AddMinutes(30),
            random.Chance(150)
                ? new Span(opens.AddMinutes(random.Pick(1, 45)), opens.AddHours(random.Pick(2, 20)))
                : null);
    }

    /// <summary>Of <c>u0</c>, <c>u1</c> and so on, or of such a user's stream.</summary>
    public static int AgeOf(string user) =>
        18 + (7 * int.Parse(user.AsSpan(user.LastIndexOf('u') + 1), CultureInfo.InvariantCulture));

    /// <summary>What the user's token tells.</summary>
    public static FactSet FactsOf(string user) => new([new Fact(Age, FactKind.Number, null, AgeOf(user))], 1);

    public bool MayDraw(string user) => !(AgeOf(user) < Draws);

    public bool MayCheckIn(string user) => !(AgeOf(user) < CheckIns);

    public bool MayBegin(string user, DateTimeOffset at) => at >= Start || AgeOf(user) >= Early;

    public int SegmentOf(string user) => AgeOf(user) >= Segment ? 0 : -1;

    /// <summary>Members of the document, each with a comma before it.</summary>
    public string EarlyJson(DateTimeOffset opens) => Early is null
        ? ""
        : $$""", "earlyAccess": {"from": "{{CampaignPlan.Time(opens)}}", "for": {{Condition(Early)}}}""";

    public string DrawsJson =>
        (Draws is null ? "" : $", \"requires\": {Condition(Draws)}")
        + (Segment is null ? "" : $$""", "segments": [{"id": "old", "when": {{Condition(Segment)}}}]""");

    public string CheckInsJson =>
        (CheckIns is null ? "" : $", \"requires\": {Condition(CheckIns)}")
        + (Daily is not { } daily
            ? ""
            : $$""", "window": {"from": "{{CampaignPlan.Time(daily.From)}}", """
              + $$""" "until": "{{CampaignPlan.Time(daily.Until)}}"}""");

    private static int? LeastAge(SimRandom random) => AgeOf("u" + random.Pick("1", "2", "3"));

    private static string Condition(int? age) => $$"""[{"fact": "{{Age}}", "gte": {{age}}}]""";
}

internal sealed record Span(DateTimeOffset From, DateTimeOffset Until);
