using NodaTime;

namespace Campaigns.Domain.Documents;

/// <summary>
/// Checks the shape of the catalog. Nothing that is built can grant its templates, items, series and medals, so
/// nothing of it is kept.
/// </summary>
internal static class CatalogReader
{
    private static readonly Duration LongestValidity = Duration.FromDays(3660);

    public static void Check(ObjectReader parent)
    {
        if (parent.OptionalObject("catalog") is not { } catalog)
        {
            return;
        }

        CheckEntries(catalog, "templates", CheckTemplate);
        CheckEntries(catalog, "items", CheckItem);
        CheckEntries(catalog, "series", series => series.Count("size", 1, DocumentLimits.Pieces));
        CheckEntries(catalog, "medals", _ => { });
        catalog.Done();
    }

    private static void CheckEntries(ObjectReader catalog, string part, Action<ObjectReader> check)
    {
        if (catalog.OptionalObject(part) is not { } entries)
        {
            return;
        }

        if (entries.Unread.Count > DocumentLimits.CatalogEntries)
        {
            catalog.Fault(part, $"must have at most {DocumentLimits.CatalogEntries} entries");
            return;
        }

        foreach (var id in entries.Unread.ToArray())
        {
            if (!Scalar.IsId(id))
            {
                entries.Refuse(id, "is not an id: a-z, 0-9 and -, at most 64, not beginning with -");
            }
            else if (entries.Object(id) is { } entry)
            {
                check(entry);
                entry.Done();
            }
        }
    }

    private static void CheckTemplate(ObjectReader template)
    {
        template.Integer("off", 1, DocumentLimits.Amount);
        template.Integer("threshold", 0, DocumentLimits.Amount);
        MerchantReader.List(template, "merchants");
        template.Duration("validFor", Duration.FromSeconds(1), LongestValidity);
    }

    private static void CheckItem(ObjectReader item)
    {
        item.Choice("form", ("physical", 1), ("code", 2), ("token", 3), ("virtual", 4));
        item.OptionalCount("stock", 1, DocumentLimits.Pieces);
    }
}
