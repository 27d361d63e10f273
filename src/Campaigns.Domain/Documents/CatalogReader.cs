using System.Collections.Immutable;
using NodaTime;

namespace Campaigns.Domain.Documents;

/// <summary>
/// Reads the catalog. Nothing that is built can grant its templates, series and medals, so of those nothing is kept.
/// </summary>
internal static class CatalogReader
{
    private static readonly Duration LongestValidity = Duration.FromDays(3660);

    /// <summary>The items, by id.</summary>
    public static ImmutableSortedDictionary<string, CatalogItem> Read(ObjectReader parent)
    {
        var items = ImmutableSortedDictionary.CreateBuilder<string, CatalogItem>(StringComparer.Ordinal);
        if (parent.OptionalObject("catalog") is not { } catalog)
        {
            return items.ToImmutable();
        }

        CheckEntries(catalog, "templates", (_, template) => CheckTemplate(template));
        CheckEntries(catalog, "items", (id, item) => items[id] = ReadItem(item));
        CheckEntries(catalog, "series", (_, series) => series.Count("size", 1, DocumentLimits.Pieces));
        CheckEntries(catalog, "medals", (_, _) => { });
        catalog.Done();
        return items.ToImmutable();
    }

    private static void CheckEntries(ObjectReader catalog, string part, Action<string, ObjectReader> check)
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
                check(id, entry);
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

    private static CatalogItem ReadItem(ObjectReader item)
    {
        var form = item.Choice(
            "form", ("physical", ItemForm.Physical), ("code", ItemForm.Code), ("token", ItemForm.Token),
            ("virtual", ItemForm.Virtual));
        return new CatalogItem(form ?? ItemForm.None, item.OptionalCount("stock", 1, DocumentLimits.Pieces));
    }
}
