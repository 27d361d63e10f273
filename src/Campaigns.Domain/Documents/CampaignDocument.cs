using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace Campaigns.Domain.Documents;

/// <summary>Parses campaign documents and tells every fault at once. Never throws, whatever the bytes are.</summary>
public static class CampaignDocument
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = DocumentLimits.Depth,
    };

    public static ParsedDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > DocumentLimits.Bytes)
        {
            return Refused(new Fault(JsonPath.Root, $"has more than {DocumentLimits.Bytes} bytes"));
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            return Refused(new Fault(JsonPath.Root, "is not UTF-8", Malformed: true));
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            JsonText.Check(document.RootElement);
            return Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            var where = $"line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}";
            return Refused(new Fault(JsonPath.Root, $"is not JSON, or too deeply nested: {where}", Malformed: true));
        }
    }

    private static ParsedDocument Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Refused(new Fault(JsonPath.Root, "must be an object"));
        }

        var context = new ParseContext();
        var campaign = CampaignReader.Read(new ObjectReader(root, JsonPath.Root, context), out var liability);
        return new ParsedDocument(
            context.FaultCount == 0 ? campaign : null, context.Faults(), context.Warnings, liability);
    }

    private static ParsedDocument Refused(Fault fault) =>
        new(null, [fault], [], ImmutableSortedDictionary<string, long>.Empty);
}
