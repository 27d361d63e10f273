namespace Campaigns.Domain.Documents;

/// <summary>One thing that is wrong with a document.</summary>
/// <param name="Path">JSON path of the member, for example <c>$.activities[2].tiers[0].spend</c>.</param>
/// <param name="Malformed">The text is not JSON at all: there is no other fault then.</param>
public sealed record Fault(string Path, string Message, bool Malformed = false);

/// <summary>Something lawful that its author should look at.</summary>
/// <param name="Code">Stable, kebab case: see <see cref="WarningCode"/>.</param>
public sealed record DocumentWarning(string Code, string Path, string Message);

/// <summary>Codes of <see cref="DocumentWarning"/>.</summary>
public static class WarningCode
{
    /// <summary>A computed split will hardly ever reach its max: advertise a maximum only with denominations.</summary>
    public const string MaxUnattainable = "max-unattainable";

    /// <summary>An activity can cost a category without bound, and the budget does not name the category.</summary>
    public const string UnboundedCost = "unbounded-cost";
}
