using Campaigns.Contracts;
using Campaigns.Domain.Values;

namespace Campaigns.Grains;

/// <summary>
/// From the domain's refusals to the contract's outcomes: the names are the same but for one, a test proves the map
/// total.
/// </summary>
internal static class Outcomes
{
    private static readonly Outcome[] Map = BuildMap();

    public static Outcome Of(Refusal refusal) => Map[(int)refusal];

    private static Outcome[] BuildMap()
    {
        var refusals = Enum.GetValues<Refusal>();
        var map = new Outcome[(int)refusals.Max() + 1];
        foreach (var refusal in refusals.Where(refusal => refusal != Refusal.None))
        {
            map[(int)refusal] = refusal == Refusal.WrongPhase
                ? Outcome.WrongState
                : Enum.Parse<Outcome>(refusal.ToString());
        }

        return map;
    }
}
