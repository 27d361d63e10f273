using System.Numerics;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// Who drew what from one shard: chunks of fixed-size claims, of which full ones never change and are the snapshot's
/// segments, and a hash index by user. The index is rebuilt on load, so it costs no bytes in a snapshot.
/// </summary>
internal sealed class ClaimStore
{
    /// <summary>Claims of a chunk: 147,456 bytes of a snapshot, few enough rows for a million claims.</summary>
    public const int ChunkSize = 4096;

    private readonly List<Claim[]> _chunks = [];
    private readonly int[] _buckets;

    /// <param name="expected">The most claims that the shard can come to; the index never grows.</param>
    public ClaimStore(int expected)
    {
        _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(expected, 16))];
        Array.Fill(_buckets, -1);
    }

    public int Count { get; private set; }

    /// <summary>Chunks that will not change any more.</summary>
    public int FullChunks => Count / ChunkSize;

    public void Add(StreamId user, ulong keyHash, ulong bodyHash, long version, int day, int round) =>
        Append(new Claim(
            user, keyHash, BodyOf(bodyHash), checked((uint)version), checked((ushort)day), checked((ushort)round), -1));

    public static uint BodyOf(ulong bodyHash) => (uint)(bodyHash >> 32);

    /// <summary>The claims of one user, newest first.</summary>
    public UserEnumerator Of(StreamId user) => new(this, user);

    public void WriteFullChunk(int chunk, Span<byte> destination) => Write(_chunks[chunk], destination);

    /// <summary>The claims behind the last full chunk.</summary>
    public byte[] WriteRest()
    {
        var rest = Count % ChunkSize;
        var bytes = new byte[rest * Claim.Size];
        if (rest > 0)
        {
            Write(_chunks[^1].AsSpan(0, rest), bytes);
        }

        return bytes;
    }

    /// <summary>Appends claims as <see cref="WriteFullChunk"/> and <see cref="WriteRest"/> wrote them, in that order.</summary>
    public void Read(ReadOnlySpan<byte> claims)
    {
        if (claims.Length % Claim.Size != 0)
        {
            throw new FormatException("A segment of a pool's snapshot is cut inside a claim.");
        }

        for (; !claims.IsEmpty; claims = claims[Claim.Size..])
        {
            Append(Claim.Read(claims));
        }
    }

    private static void Write(ReadOnlySpan<Claim> claims, Span<byte> destination)
    {
        foreach (ref readonly var claim in claims)
        {
            claim.WriteTo(destination);
            destination = destination[Claim.Size..];
        }
    }

    private void Append(Claim claim)
    {
        if (Count == _chunks.Count * ChunkSize)
        {
            _chunks.Add(new Claim[ChunkSize]);
        }

        ref var bucket = ref Bucket(claim.User);
        _chunks[^1][Count % ChunkSize] = claim.Linked(bucket);
        bucket = Count++;
    }

    // An id is a hash already.
    private ref int Bucket(StreamId user) => ref _buckets[(int)((ulong)user.Value & (uint)(_buckets.Length - 1))];

    private ref readonly Claim At(int index) => ref _chunks[index / ChunkSize][index % ChunkSize];

    internal struct UserEnumerator(ClaimStore store, StreamId user)
    {
        private int _next = store.Bucket(user);
        private int _current = -1;

        public readonly UserEnumerator GetEnumerator() => this;

        public readonly ref readonly Claim Current => ref store.At(_current);

        public bool MoveNext()
        {
            while (_next >= 0)
            {
                _current = _next;
                ref readonly var claim = ref store.At(_current);
                _next = claim.Next;
                if (claim.IsOf(user))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
