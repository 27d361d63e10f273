using System.Text.Json;

namespace Campaigns.Domain.Documents;

/// <summary>Finds texts that JSON's grammar lets pass and Unicode does not, such as half a surrogate pair.</summary>
internal static class JsonText
{
    /// <exception cref="JsonException">A name or text is not Unicode.</exception>
    public static void Check(JsonElement element)
    {
        try
        {
            Visit(element);
        }
        catch (InvalidOperationException broken)
        {
            throw new JsonException("A text is not Unicode.", broken);
        }
    }

    private static void Visit(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Visit(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var entry in element.EnumerateArray())
                {
                    Visit(entry);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            default:
                break;
        }
    }
}
