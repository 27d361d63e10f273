using Campaigns.Domain.Documents;

namespace Campaigns.Domain.Takes;

/// <summary>Reads a cost: <c>{"kind": k, "amount": n}</c> of a kind that users can spend.</summary>
internal static class CostReader
{
    public static Cost? Optional(ObjectReader parent, string name) =>
        parent.OptionalObject(name) is { } reader ? Read(reader) : null;

    public static Cost? Required(ObjectReader parent, string name) =>
        parent.Object(name) is { } reader ? Read(reader) : null;

    private static Cost? Read(ObjectReader reader)
    {
        if (reader.Text("kind") is not { } text || RewardReader.ReadKind(reader, text) is not { } kind)
        {
            return null;
        }

        if (kind is not (RewardKind.Points or RewardKind.Growth or RewardKind.Chance or RewardKind.Item))
        {
            reader.Fault("kind", $"'{text}' cannot be spent: points, growth, chance and item can");
        }

        var amount = reader.Integer("amount", 1, DocumentLimits.Pieces);
        var target = RewardReader.ReadTarget(reader, kind);
        reader.Done();
        return reader.Clean ? new Cost(kind, amount!.Value, target) : null;
    }
}
