using System.Security.Cryptography;
using System.Buffers.Binary;
using System.Text.Json;

namespace Campaigns.LoadTests.Answers;

/// <summary>The parts of an answer that the audit needs.</summary>
/// <param name="Amount">All rewards together.</param>
/// <param name="Pool">campaign/activity/shard of the receipt; null where there is no receipt.</param>
/// <param name="Entry">Version of the receipt's entry.</param>
internal readonly record struct RewardAnswer(long Amount, string? Pool, long Entry)
{
    /// <summary>Reads <c>rewards[].amount</c> and the receipt, where there is one.</summary>
    /// <exception cref="JsonException">The answer is none of the contract.</exception>
    public static RewardAnswer Read(ReadOnlySpan<byte> body)
    {
        long amount = 0, entry = 0;
        string? pool = null;
        var part = "";
        var json = new Utf8JsonReader(body);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (json.CurrentDepth == 1)
            {
                part = json.ValueTextEquals("rewards"u8) ? "rewards"
                    : json.ValueTextEquals("receipt"u8) ? "receipt"
                    : "";
            }
            else if (part == "rewards" && json.ValueTextEquals("amount"u8))
            {
                json.Read();
                amount += json.GetInt64();
            }
            else if (part == "receipt" && json.ValueTextEquals("pool"u8))
            {
                json.Read();
                pool = json.GetString();
            }
            else if (part == "receipt" && json.ValueTextEquals("entry"u8))
            {
                json.Read();
                entry = json.GetInt64();
            }
        }

        return new RewardAnswer(amount, pool, entry);
    }

    /// <summary>64 bits of SHA-256: equal answers have equal digests.</summary>
    public static ulong DigestOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
