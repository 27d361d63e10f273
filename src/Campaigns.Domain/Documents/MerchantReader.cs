using System.Collections.Immutable;
using System.Text.Json;

namespace Campaigns.Domain.Documents;

/// <summary>Reads lists of merchant ids; <c>*</c> alone is all merchants.</summary>
internal static class MerchantReader
{
    private const string All = "*";

    public static ImmutableArray<string> List(ObjectReader reader, string name)
    {
        var merchants = ImmutableArray.CreateBuilder<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (element, path) in reader.Elements(name, 1, DocumentLimits.Merchants))
        {
            if (element.ValueKind != JsonValueKind.String || element.GetString() is not { } merchant)
            {
                reader.Context.Fault(path, "must be a text");
            }
            else if (!Scalar.IsPrintable(merchant))
            {
                reader.Context.Fault(path, "must be 1 to 64 printable ASCII characters");
            }
            else if (!seen.Add(merchant))
            {
                reader.Context.Fault(path, $"'{merchant}' is listed twice");
            }
            else
            {
                merchants.Add(merchant);
            }
        }

        if (merchants.Count > 1 && seen.Contains(All))
        {
            reader.Fault(name, "'*' is all merchants: it stands alone");
        }

        return merchants.ToImmutable();
    }
}
