using System.Buffers.Binary;
using System.Text.Json;

namespace Campaigns.LoadTests.Auditing;

/// <summary>One line of the export.</summary>
internal sealed class JournalRow
{
    private readonly byte[] _payload = new byte[64 * 1024];

    public UInt128 Stream { get; private set; }

    public long Version { get; private set; }

    public string Kind { get; private set; } = "";

    /// <summary>0: nothing is transferred.</summary>
    public UInt128 Credit { get; private set; }

    public string? Unit { get; private set; }

    public long Amount { get; private set; }

    public int PayloadLength { get; private set; }

    public ReadOnlySpan<byte> Payload => _payload.AsSpan(0, PayloadLength);

    /// <summary>Replaces the row by that of the line.</summary>
    /// <exception cref="FormatException">The line is none of the export's.</exception>
    public void Read(ReadOnlySpan<byte> line)
    {
        (Credit, Unit, Amount, PayloadLength) = (0, null, 0, 0);
        var json = new Utf8JsonReader(line);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (json.ValueTextEquals("stream"u8))
            {
                Stream = Id(ref json);
            }
            else if (json.ValueTextEquals("version"u8))
            {
                json.Read();
                Version = json.GetInt64();
            }
            else if (json.ValueTextEquals("kind"u8))
            {
                json.Read();
                Kind = json.ValueTextEquals(Kind) ? Kind : json.GetString()!;
            }
            else if (json.ValueTextEquals("credit"u8))
            {
                Credit = Id(ref json);
            }
            else if (json.ValueTextEquals("unit"u8))
            {
                json.Read();
                Unit = json.ValueTextEquals("cash"u8) ? "cash" : json.GetString();
            }
            else if (json.ValueTextEquals("amount"u8))
            {
                json.Read();
                Amount = json.GetInt64();
            }
            else if (json.ValueTextEquals("payload"u8))
            {
                json.Read();
                Convert.FromHexString(json.ValueSpan, _payload, out _, out var written);
                PayloadLength = written;
            }
        }
    }

    private static UInt128 Id(ref Utf8JsonReader json)
    {
        json.Read();
        Span<byte> id = stackalloc byte[16];
        Convert.FromHexString(json.ValueSpan, id, out _, out var written);
        return written == id.Length
            ? BinaryPrimitives.ReadUInt128BigEndian(id)
            : throw new FormatException("An id of the journal has 32 digits.");
    }
}
