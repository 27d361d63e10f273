using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Campaigns.Ledger;

/// <summary>
/// The secret behind all chains. It lives outside the database: who can write rows but lacks it cannot make a
/// history that verifies.
/// </summary>
public sealed class ChainKey
{
    /// <summary>Of the thread's last key: the state that the key alone leads to is kept.</summary>
    [ThreadStatic]
    private static (ChainKey Key, IncrementalHash Hash) _last;

    private readonly byte[] _key;

    /// <param name="key">At least 32 random bytes.</param>
    public ChainKey(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 32);
        _key = key.ToArray();
    }

    /// <summary>The chain of an entry whose predecessor has <paramref name="previous"/>.</summary>
    public Chain Next(Chain previous, Entry entry)
    {
        var unit = entry.Unit is null ? 0 : Encoding.UTF8.GetByteCount(entry.Unit);
        var length = FixedLength + unit + entry.Payload.Length;
        Span<byte> bytes = length <= 1024 ? stackalloc byte[1024] : new byte[length];
        previous.WriteTo(bytes);
        entry.Stream.WriteTo(bytes[16..]);
        entry.Credit.WriteTo(bytes[32..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[48..], entry.Version);
        BinaryPrimitives.WriteInt64BigEndian(bytes[56..], entry.At);
        BinaryPrimitives.WriteInt64BigEndian(bytes[64..], entry.Amount);
        BinaryPrimitives.WriteInt16BigEndian(bytes[72..], (short)entry.Kind);
        BinaryPrimitives.WriteInt32BigEndian(bytes[74..], entry.Unit is null ? -1 : unit);
        BinaryPrimitives.WriteInt32BigEndian(bytes[78..], entry.Payload.Length);
        if (unit > 0)
        {
            Encoding.UTF8.GetBytes(entry.Unit, bytes[FixedLength..]);
        }

        entry.Payload.Span.CopyTo(bytes[(FixedLength + unit)..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var keyed = Keyed();
        keyed.AppendData(bytes[..length]);
        keyed.GetHashAndReset(hash);
        return Chain.Read(hash);
    }

    private IncrementalHash Keyed()
    {
        if (_last.Key != this)
        {
            _last.Hash?.Dispose();
            _last = (this, IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key));
        }

        return _last.Hash;
    }

    private const int FixedLength = 82;
}
