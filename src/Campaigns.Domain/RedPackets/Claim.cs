using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// One user's draw as the pool remembers it; 44 bytes. Two words instead of a 128-bit id, whose alignment would cost
/// eight bytes more.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct Claim(
    StreamId user, ulong keyHash, uint body, uint version, ushort day, ushort round, int next = -1, int nextByKey = -1)
{
    /// <summary>Bytes in a snapshot: all but the links.</summary>
    public const int Size = 36;

    private readonly ulong _userHigh = (ulong)(user.Value >> 64);
    private readonly ulong _userLow = (ulong)user.Value;

    public ulong KeyHash { get; } = keyHash;

    /// <summary>The high half of the body's hash: enough to tell a mistaken reuse of a key.</summary>
    public uint Body { get; } = body;

    /// <summary>The entry of the pool's stream.</summary>
    public uint Version { get; } = version;

    /// <summary>Business day, counted from 1970-01-01 in the campaign's zone.</summary>
    public ushort Day { get; } = day;

    /// <summary>Ordinal of the round in which it was drawn.</summary>
    public ushort Round { get; } = round;

    /// <summary>The claim before this one in the same bucket of the users' index, or -1.</summary>
    public int Next { get; } = next;

    /// <summary>The same in the keys' index.</summary>
    public int NextByKey { get; } = nextByKey;

    public StreamId User => new(new UInt128(_userHigh, _userLow));

    public bool IsOf(StreamId user) => _userLow == (ulong)user.Value && _userHigh == (ulong)(user.Value >> 64);

    public void WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _userHigh);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _userLow);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], KeyHash);
        BinaryPrimitives.WriteUInt32BigEndian(destination[24..], Body);
        BinaryPrimitives.WriteUInt32BigEndian(destination[28..], Version);
        BinaryPrimitives.WriteUInt16BigEndian(destination[32..], Day);
        BinaryPrimitives.WriteUInt16BigEndian(destination[34..], Round);
    }

    public static Claim Read(ReadOnlySpan<byte> source) => new(
        StreamId.Read(source),
        BinaryPrimitives.ReadUInt64BigEndian(source[16..]),
        BinaryPrimitives.ReadUInt32BigEndian(source[24..]),
        BinaryPrimitives.ReadUInt32BigEndian(source[28..]),
        BinaryPrimitives.ReadUInt16BigEndian(source[32..]),
        BinaryPrimitives.ReadUInt16BigEndian(source[34..]));

    public Claim Linked(int next, int nextByKey) => new(User, KeyHash, Body, Version, Day, Round, next, nextByKey);
}
