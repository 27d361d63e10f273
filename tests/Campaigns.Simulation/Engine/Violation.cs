namespace Campaigns.Simulation.Engine;

/// <summary>A promise of the product that a seed has seen broken.</summary>
/// <param name="Rule">The invariant's short name, the same for every seed that breaks it.</param>
/// <param name="Detail">What was seen, for people.</param>
internal sealed record Violation(string Rule, string Detail)
{
    public override string ToString() => $"{Rule}: {Detail}";
}
