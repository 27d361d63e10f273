using Campaigns.Contracts;
using Campaigns.Domain.Conditions;
using FactKind = Campaigns.Contracts.FactKind;

namespace Campaigns.Grains.Access;

/// <summary>Facts between the domain and the wire.</summary>
internal static class FactsWire
{
    public static Facts Read(FactSet set) => set.Facts.Length == 0 && set.Tags is null
        ? Facts.Empty
        : Facts.Of(set.Version, set.Facts.Select(Read), set.Tags);

    public static KeyValuePair<string, FactValue> Read(Fact fact) => new(
        fact.Name,
        fact.Kind switch
        {
            FactKind.Text => FactValue.Of(fact.Text!),
            FactKind.Truth => FactValue.Of(fact.Number == 1),
            _ => FactValue.Of(fact.Number),
        });

    public static Fact Write(string name, FactValue value) => new(
        name,
        value.Kind switch
        {
            Domain.Conditions.FactKind.Text => FactKind.Text,
            Domain.Conditions.FactKind.Truth => FactKind.Truth,
            _ => FactKind.Number,
        },
        value.Text,
        value.Number);
}
