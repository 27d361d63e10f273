using System.Text.Json;
using Campaigns.Gateway.Bodies;

namespace Campaigns.Gateway.Ops;

/// <summary>Finds a campaign document's id, which names the grain that takes it.</summary>
internal static class DocumentId
{
    /// <summary>
    /// No campaign can have this id, so the grain of this key refuses the document, naming all its faults.
    /// </summary>
    public const string Nobody = "-";

    /// <summary>The document's id, <see cref="Nobody"/> where it has none that is valid.</summary>
    public static string Of(ReadOnlySpan<byte> document)
    {
        try
        {
            var reader = new Utf8JsonReader(document);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return Nobody;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId)
                {
                    var id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    return Ids.IsDocumentId(id) ? id! : Nobody;
                }

                reader.Skip();
            }

            return Nobody;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return Nobody;
        }
    }
}
