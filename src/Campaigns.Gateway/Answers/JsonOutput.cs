using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Campaigns.Gateway.Bodies;
using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.Answers;

/// <summary>Serialises a body as a whole, so that its length is known and nothing half-written is ever sent.</summary>
internal static class JsonOutput
{
    private const int KeptCapacity = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static void Write<T>(HttpResponse response, T value, JsonTypeInfo<T> type, string contentType)
    {
        var buffer = Serialise(value, type);
        response.ContentType = contentType;
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
        Keep(buffer);
    }

    /// <summary>The bytes of a value, for hashing and comparing.</summary>
    public static byte[] Bytes<T>(T value, JsonTypeInfo<T> type)
    {
        var buffer = Serialise(value, type);
        var bytes = buffer.WrittenSpan.ToArray();
        Keep(buffer);
        return bytes;
    }

    private static ArrayBufferWriter<byte> Serialise<T>(T value, JsonTypeInfo<T> type)
    {
        var buffer = _buffer ?? new ArrayBufferWriter<byte>(1024);
        _buffer = null;
        var writer = _writer ??= new Utf8JsonWriter(buffer, GatewayJson.WriterOptions);
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        return buffer;
    }

    private static void Keep(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity <= KeptCapacity)
        {
            buffer.ResetWrittenCount();
            _buffer = buffer;
        }
    }
}
