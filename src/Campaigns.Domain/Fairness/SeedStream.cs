using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Campaigns.Domain.Fairness;

/// <summary>
/// The endless numbers that a seed yields under one label: HMAC-SHA-256 in counter mode, each block eight big-endian
/// 32-bit words, ranges by multiplication with rejection. Exact bytes in docs/fairness.md. Allocates only when made.
/// </summary>
public sealed class SeedStream : IDisposable
{
    private const int CounterSize = 8;

    private readonly IncrementalHash _hmac;
    private readonly byte[] _message;
    private readonly byte[] _block = new byte[HMACSHA256.HashSizeInBytes];
    private int _used;
    private ulong _counter;

    public SeedStream(Seed seed, string label)
    {
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, seed.Bytes);
        var length = Encoding.ASCII.GetByteCount(label);
        _message = new byte[length + CounterSize];
        Encoding.ASCII.GetBytes(label, _message);
        _used = _block.Length;
    }

    public uint NextWord()
    {
        if (_used == _block.Length)
        {
            Refill();
        }

        var word = BinaryPrimitives.ReadUInt32BigEndian(_block.AsSpan(_used));
        _used += sizeof(uint);
        return word;
    }

    /// <summary>Uniform in [0, <paramref name="bound"/>); throws for a bound of zero.</summary>
    public ulong Below(ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        return bound <= uint.MaxValue ? BelowNarrow((uint)bound) : BelowWide(bound);
    }

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>], both included.</summary>
    public long Between(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);
        var width = unchecked((ulong)high - (ulong)low);
        return unchecked((long)((ulong)low + (width == ulong.MaxValue ? NextTwoWords() : Below(width + 1))));
    }

    /// <summary>Fisher-Yates from the end: every order equally likely.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var chosen = (int)BelowNarrow((uint)last + 1);
            (items[last], items[chosen]) = (items[chosen], items[last]);
        }
    }

    public void Dispose() => _hmac.Dispose();

    private uint BelowNarrow(uint bound)
    {
        var product = (ulong)NextWord() * bound;
        if ((uint)product < bound)
        {
            var threshold = unchecked(0 - bound) % bound;
            while ((uint)product < threshold)
            {
                product = (ulong)NextWord() * bound;
            }
        }

        return (uint)(product >> 32);
    }

    private ulong BelowWide(ulong bound)
    {
        var threshold = unchecked(0 - bound) % bound;
        while (true)
        {
            var high = Math.BigMul(NextTwoWords(), bound, out var low);
            if (low >= threshold)
            {
                return high;
            }
        }
    }

    private ulong NextTwoWords() => ((ulong)NextWord() << 32) | NextWord();

    private void Refill()
    {
        BinaryPrimitives.WriteUInt64BigEndian(_message.AsSpan(_message.Length - CounterSize), _counter++);
        _hmac.AppendData(_message);
        _hmac.GetHashAndReset(_block);
        _used = 0;
    }
}
