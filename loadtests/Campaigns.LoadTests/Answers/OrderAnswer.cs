using System.Text.Json;

namespace Campaigns.LoadTests.Answers;

/// <summary>The parts of a discount order's answer that the audit needs.</summary>
internal readonly record struct OrderAnswer(long Off, long Pay, string State)
{
    /// <exception cref="JsonException">The answer is none of the contract.</exception>
    public static OrderAnswer Read(ReadOnlySpan<byte> body)
    {
        long off = 0, pay = 0;
        var state = "";
        var json = new Utf8JsonReader(body);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (json.ValueTextEquals("off"u8))
            {
                json.Read();
                off = json.GetInt64();
            }
            else if (json.ValueTextEquals("pay"u8))
            {
                json.Read();
                pay = json.GetInt64();
            }
            else if (json.ValueTextEquals("state"u8))
            {
                json.Read();
                state = json.GetString()!;
            }
        }

        return new OrderAnswer(off, pay, state);
    }
}
