using System.Collections.Immutable;

namespace Campaigns.Domain.Documents;

/// <summary>
/// Reads rewards: <c>{"kind": k, "amount": n}</c>, or <c>min</c> and <c>max</c> instead of the amount.
/// </summary>
internal static class RewardReader
{
    public static ImmutableArray<Reward> OptionalList(ObjectReader reader, string name) =>
        reader.Has(name) ? List(reader, name, 0) : [];

    public static ImmutableArray<Reward> List(ObjectReader reader, string name, int min)
    {
        var rewards = ImmutableArray.CreateBuilder<Reward>();
        foreach (var entry in reader.Objects(name, min, DocumentLimits.Rewards))
        {
            if (Read(entry) is { } reward)
            {
                rewards.Add(reward);
            }
        }

        return rewards.ToImmutable();
    }

    private static Reward? Read(ObjectReader reader)
    {
        if (reader.Has("oneOf"))
        {
            reader.Fault("oneOf", "is not built yet: a choice of rewards");
            return null;
        }

        if (reader.Text("kind") is not { } text || ReadKind(reader, text) is not { } kind)
        {
            return null;
        }

        var (min, max) = ReadAmount(reader);
        var target = ReadTarget(reader, kind);
        reader.Done();
        return reader.Clean ? new Reward(kind, min, max, target) : null;
    }

    /// <summary>The activity of a chance, the id of an item; null for kinds that need none.</summary>
    internal static string? ReadTarget(ObjectReader reader, RewardKind kind)
    {
        switch (kind)
        {
            case RewardKind.Chance:
                var activity = reader.Id("activity");
                if (activity is not null)
                {
                    reader.Context.RefersTo(activity, reader.PathOf("activity"));
                }

                return activity;
            case RewardKind.Item:
                return ReadItem(reader);
            default:
                return null;
        }
    }

    private static string? ReadItem(ObjectReader reader)
    {
        if (reader.Id("item") is not { } id)
        {
            return null;
        }

        if (!reader.Context.Items.TryGetValue(id, out var item))
        {
            reader.Fault("item", $"the item '{id}' is not defined in the catalog");
        }
        else if (item.Form is ItemForm.Physical or ItemForm.Code)
        {
            reader.Fault("item", $"items of the form '{item.Form.ToString().ToLowerInvariant()}' are not built yet");
        }
        else if (item.Stock is not null)
        {
            reader.Fault("item", "an item's stock over all activities is not built yet: give the activity one");
        }

        return id;
    }

    internal static RewardKind? ReadKind(ObjectReader reader, string text)
    {
        switch (text)
        {
            case "cash":
                return RewardKind.Cash;
            case "points":
                return RewardKind.Points;
            case "growth":
                return RewardKind.Growth;
            case "chance":
                return RewardKind.Chance;
            case "item":
                return RewardKind.Item;
            case "restricted-cash" or "coupon" or "collectible" or "medal":
                reader.Fault("kind", $"the reward kind '{text}' is not built yet");
                return null;
            default:
                reader.Fault("kind", $"the reward kind '{JsonPath.Quote(text)}' is not known");
                return null;
        }
    }

    private static (long Min, long Max) ReadAmount(ObjectReader reader)
    {
        if (!reader.Has("min") && !reader.Has("max"))
        {
            var amount = reader.Integer("amount", 1, DocumentLimits.Amount) ?? 0;
            return (amount, amount);
        }

        reader.Refuse("amount", "does not go with min and max");
        var min = reader.Integer("min", 1, DocumentLimits.Amount);
        var max = reader.Integer("max", 1, DocumentLimits.Amount);
        if (min > max)
        {
            reader.Fault("max", "is less than min");
        }

        return (min ?? 0, max ?? 0);
    }
}
