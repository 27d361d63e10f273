using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using NodaTime;

namespace Campaigns.Domain.SpendDiscounts;

public sealed partial record SpendDiscountActivity
{
    private static readonly Duration ShortestHold = Duration.FromSeconds(1);
    private static readonly Duration LongestHold = Duration.FromDays(7);
    private static readonly Duration UsualHold = Duration.FromMinutes(15);

    internal static SpendDiscountActivity? Parse(ObjectReader reader, ActivityHead head)
    {
        var tiers = ReadTiers(reader);
        var perUserPerDay = reader.OptionalCount("perUserPerDay", 1, DocumentLimits.Pieces);
        var stockPerDay = reader.OptionalCount("stockPerDay", 1, DocumentLimits.Pieces);
        var stock = reader.OptionalCount("stock", 1, DocumentLimits.Pieces);
        var merchants = MerchantReader.List(reader, "merchants");
        var channel = reader.OptionalChoice(
            "channel", ("any", Channel.Any), ("online", Channel.Online), ("offline", Channel.Offline));
        var holdFor = reader.OptionalDuration("holdFor", ShortestHold, LongestHold);
        return !reader.Clean
            ? null
            : new SpendDiscountActivity
            {
                Id = head.Id,
                Name = head.Name,
                Window = head.Window,
                Requires = head.Requires,
                Segments = head.Segments,
                PerUser = head.PerUser,
                CapTotal = head.CapTotal,
                Tiers = tiers,
                PerUserPerDay = perUserPerDay,
                StockPerDay = stockPerDay,
                Stock = stock,
                Merchants = merchants,
                Channel = channel ?? Channel.Any,
                HoldFor = holdFor ?? UsualHold,
            };
    }

    private static ImmutableArray<DiscountTier> ReadTiers(ObjectReader parent)
    {
        var tiers = ImmutableArray.CreateBuilder<DiscountTier>();
        long? before = null;
        foreach (var reader in parent.Objects("tiers", 1, DocumentLimits.Tiers))
        {
            var tier = ReadTier(reader);
            if (tier is null)
            {
                continue;
            }

            if (tier.Spend <= before)
            {
                reader.Fault("spend", $"must be greater than the tier's before, {before}");
            }

            before = tier.Spend;
            tiers.Add(tier);
        }

        return tiers.ToImmutable();
    }

    private static DiscountTier? ReadTier(ObjectReader reader)
    {
        var spend = reader.Integer("spend", 1, DocumentLimits.Amount);
        var off = reader.OptionalInteger("off", 1, DocumentLimits.Amount);
        var percent = reader.OptionalCount("percent", 1, 100);
        var repeat = reader.OptionalFlag("repeat") ?? false;
        var maxOff = reader.OptionalInteger("maxOff", 1, DocumentLimits.Amount);
        reader.Done();
        if (reader.Has("off") == reader.Has("percent"))
        {
            reader.Context.Fault(reader.Path, "must have either off or percent");
        }

        if (off > spend)
        {
            reader.Fault("off", "is more than spend");
        }

        if (maxOff < off)
        {
            reader.Fault("maxOff", "is less than off");
        }

        return reader.Clean ? new DiscountTier(spend!.Value, off, percent, repeat, maxOff) : null;
    }
}
