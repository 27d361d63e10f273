using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Campaigns.Peers.Draws;

internal sealed record PeerReward(string Kind, long Amount);

/// <summary>The members and the size of a draw's answer by the gateway.</summary>
internal sealed record PeerReceipt(
    string Pool, long Entry, long Amount, string Round, string PacketRound, int Index, string? Segment,
    long FactsVersion, long DefinitionVersion, string Chain, DateTimeOffset At);

internal sealed record PeerDraw(string DrawId, string Outcome, PeerReward[] Rewards, PeerReceipt Receipt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PeerDraw))]
[JsonSerializable(typeof(PoolCount))]
internal sealed partial class PeerJson : JsonSerializerContext;

/// <summary>Writes what the peers answer.</summary>
internal static class PeerAnswers
{
    private const string JsonType = "application/json; charset=utf-8";
    private const string Id = "q1hQ2mX0Zb5pGJm3m0h8Yw";
    private const string Chain = "5d41402abc4b2a76b9719d911017c592";

    private static readonly byte[] Sample = JsonSerializer.SerializeToUtf8Bytes(
        Draw("bench/pool/0", 100, DateTimeOffset.UnixEpoch), PeerJson.Default.PeerDraw);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static void Won(HttpResponse response, string pool, long amount)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        var writer = _writer ??= new Utf8JsonWriter(buffer);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, Draw(pool, amount, DateTimeOffset.UtcNow), PeerJson.Default.PeerDraw);
        writer.Flush();
        Write(response, StatusCodes.Status201Created, buffer.WrittenSpan);
    }

    /// <summary>The constant one.</summary>
    public static void Constant(HttpResponse response) => Write(response, StatusCodes.Status201Created, Sample);

    public static void Refused(HttpResponse response, int status, ReadOnlySpan<byte> code) =>
        Write(response, status, code);

    private static PeerDraw Draw(string pool, long amount, DateTimeOffset at) => new(
        Id, "won", [new PeerReward("cash", amount)],
        new PeerReceipt(pool, 1, amount, "all", "all", 1, null, 1, 1, Chain, at));

    private static void Write(HttpResponse response, int status, ReadOnlySpan<byte> body)
    {
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        response.ContentType = JsonType;
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body);
    }
}
