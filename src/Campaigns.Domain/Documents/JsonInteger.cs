using System.Text.Json;

namespace Campaigns.Domain.Documents;

/// <summary>Reads integers as the contract has them: no fraction, no exponent, 64 bits.</summary>
internal static class JsonInteger
{
    /// <summary>The integer, or null and what is wrong with it.</summary>
    public static long? Read(JsonElement value, out string fault)
    {
        fault = "";
        if (value.ValueKind != JsonValueKind.Number)
        {
            fault = "must be an integer";
            return null;
        }

        var text = value.GetRawText();
        if (text.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            fault = "must be an integer without fraction or exponent";
            return null;
        }

        if (value.TryGetInt64(out var integer))
        {
            return integer;
        }

        fault = "is out of range";
        return null;
    }
}
